"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Archive, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { useSignedIn } from "@/components/access/signed-in";
import { QueryView } from "@/components/feedback/query-view";
import { Bone, Late, TextSkeleton } from "@/components/feedback/skeleton";
import { Crumbs } from "@/components/shell/crumbs";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Note } from "@/components/ui/note";
import { Page } from "@/components/ui/page-head";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { archiveSegment, refreshSegment, type Segment, segmentQuery } from "@/lib/client/segments";
import { useUrlState } from "../../_parts/use-url-state";
import { viewParams } from "../search-params";
import { Members } from "./_parts/members";

const EditRules = lazy(() => import("./_parts/edit-rules"));
const History = lazy(() => import("./_parts/history"));

export function SegmentView({ id }: { id: string }) {
  const { tenantUuid } = useSignedIn();
  const segment = useQuery(segmentQuery(tenantUuid, id));
  return (
    <Page>
      <QueryView
        query={segment}
        skeleton={<TextSkeleton lines={8} />}
        error={{ title: "The segment did not load", safe: "Nothing of it is lost." }}
      >
        {(data) => <Shown segment={data} />}
      </QueryView>
    </Page>
  );
}

function Shown({ segment }: { segment: Segment }) {
  const { can } = useSignedIn();
  const [wanted, setWanted] = useUrlState(viewParams);
  const view = wanted.view ?? "people";
  const isCounting = segment.kind === "rules" && !segment.refreshedAt;
  const tabs = [
    { id: "people", label: "People", ...(isCounting ? {} : { count: segment.size }) },
    ...(segment.kind === "rules" ? [{ id: "rules", label: "Rules" }] : []),
    { id: "history", label: "History" },
  ];
  const bone = (
    <Late>
      <Bone height={220} className="opacity-20" />
    </Late>
  );
  return (
    <>
      <Crumbs trail={[{ label: segment.name }]} />
      <header className="mb-4 flex flex-wrap items-start gap-x-3 gap-y-3">
        <div className="min-w-0 grow basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words" dir="auto">
              {segment.name}
            </h1>
            {segment.kind === "list" && <Tag tone="line">List</Tag>}
            {segment.archivedAt && <Tag>Archived</Tag>}
          </div>
          <p className="mt-1 max-w-[84ch] text-13 break-words text-soft" dir="auto">
            {segment.says}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-1 text-12 text-faint">
            <span className="min-w-0 truncate font-mono">{segment.key}</span>
            <CopyButton text={segment.key} label="Copy the segment's key" iconOnly size="row" />
            {segment.refreshedAt && (
              <span>
                counted <Time at={segment.refreshedAt} />
              </span>
            )}
          </p>
        </div>
        {can("segments:write") && !segment.archivedAt && <Acts segment={segment} />}
      </header>
      {isCounting && !segment.archivedAt && (
        <Note tone="info" role="status" className="mb-3">
          Its people are being found. They are here in a moment.
        </Note>
      )}
      <Tabs
        tabs={tabs}
        value={view}
        onChange={(next) => setWanted({ view: next === "people" ? null : (next as "rules" | "history") })}
        label="What of the segment"
        panelId="segment-panel"
      />
      <TabPanel id="segment-panel" value={view} className="pt-4">
        {view === "people" && <Members segment={segment} />}
        {view === "rules" && segment.rules && (
          <Suspense fallback={bone}>
            <EditRules segment={segment} />
          </Suspense>
        )}
        {view === "history" && (
          <Suspense fallback={bone}>
            <History segment={segment} />
          </Suspense>
        )}
      </TabPanel>
    </>
  );
}

function Acts({ segment }: { segment: Segment }) {
  const { tenantUuid } = useSignedIn();
  const client = useQueryClient();
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const refresh = useMutation({
    mutationFn: () => refreshSegment(segment.id),
    onSuccess: () => {
      toast({ text: "Its people are being found again" });
      // The work takes a moment; what it finds is fetched once it should be there.
      setTimeout(() => void client.invalidateQueries({ queryKey: [tenantUuid, "segment", segment.id] }), 3_000);
    },
    onError: (error) => toast({ tone: "bad", text: error.message }),
  });
  return (
    <div className="flex flex-wrap gap-2">
      {segment.kind === "rules" && (
        <Button icon={<RefreshCw aria-hidden="true" />} busy={refresh.isPending} onClick={() => refresh.mutate()}>
          Count again
        </Button>
      )}
      <Button variant="risky" icon={<Archive aria-hidden="true" />} onClick={() => setAsking(true)}>
        Archive
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Archive ${segment.name}?`}
        says="It can no longer be chosen and is not brought back. The people in it stay as they are, and its history is kept."
        confirm="Archive"
        onConfirm={async () => {
          await archiveSegment(segment.id);
          await client.invalidateQueries({ queryKey: [tenantUuid, "segments"] });
          router.push("/segments");
        }}
      />
    </div>
  );
}
