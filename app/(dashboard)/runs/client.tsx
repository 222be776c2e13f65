"use client";

import { lazy, Suspense } from "react";
import { Late, TableSkeleton } from "@/components/feedback/skeleton";
import { Note } from "@/components/ui/note";
import { Page, PageHead } from "@/components/ui/page-head";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { EngineMode } from "@/lib/domain/engine/engine-mode";
import { useUrlState } from "../_parts/use-url-state";
import { RunsTab } from "./_parts/runs-tab";
import { searchParams } from "./search-params";

const FunctionsTab = lazy(() => import("./_parts/functions-tab"));
const EventsTab = lazy(() => import("./_parts/events-tab"));

const tabs = [
  { id: "runs", label: "Runs" },
  { id: "functions", label: "Functions" },
  { id: "events", label: "Events" },
] as const;

export function Runs({ engine, ownSubject }: { engine: EngineMode; ownSubject: string }) {
  const [wanted, setWanted] = useUrlState(searchParams);
  const tab = wanted.tab ?? "runs";
  return (
    <Page>
      <PageHead title="Runs">
        What works in the background: each run of a function with its steps, what it waits for, and why one failed.
      </PageHead>
      <Tabs
        label="What to see"
        panelId="runs-panel"
        value={tab}
        tabs={tabs}
        onChange={(id) => setWanted({ tab: id === "functions" || id === "events" ? id : null, event: null })}
      />
      <TabPanel id="runs-panel" value={tab} className="pt-5">
        {engine === "inngest" && (
          <Note tone="info" className="mb-4">
            <b>The functions run on an Inngest server.</b> Runs and events are seen there, under the app madan-sara.
            What is listed here is from before.
          </Note>
        )}
        <Suspense fallback={<Waiting />}>
          {tab === "runs" && <RunsTab wanted={wanted} setWanted={setWanted} ownSubject={ownSubject} />}
          {tab === "functions" && <FunctionsTab setWanted={setWanted} />}
          {tab === "events" && <EventsTab wanted={wanted} setWanted={setWanted} />}
        </Suspense>
      </TabPanel>
    </Page>
  );
}

function Waiting() {
  return (
    <Late>
      <TableSkeleton columns={[{ header: "Name" }, { header: "" }, { header: "When" }]} rows={8} />
    </Late>
  );
}
