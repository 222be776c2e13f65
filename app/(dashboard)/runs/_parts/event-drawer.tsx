"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { JsonValue } from "@/components/engine/json-value";
import { RunLine } from "@/components/engine/run-line";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { absoluteTime } from "@/components/ui/time-words";
import { type EngineEventDetail, eventQuery } from "@/lib/client/engine";
import { effectWords } from "./effect-words";

/** One event in full: its data, and the runs it set going. */
export default function EventDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { tenantUuid } = useSignedIn();
  const event = useQuery(eventQuery(tenantUuid, id));
  return (
    <Drawer isOpen onClose={onClose} title={event.data?.name ?? "Event"}>
      <QueryView
        query={event}
        skeleton={<TextSkeleton lines={6} />}
        error={{ title: "The event did not load", safe: "It may be older than a week: then it is kept no longer." }}
      >
        {(data) => <Event event={data} />}
      </QueryView>
    </Drawer>
  );
}

function Event({ event }: { event: EngineEventDetail }) {
  const { person, workspace } = useSignedIn();
  const settings = {
    locale: person.locale === "en" ? "en-GB" : person.locale,
    timeZone: person.timeZone ?? workspace.timeZone,
  };
  return (
    <div className="grid gap-5">
      <div>
        <p className="num text-13 text-soft">{absoluteTime(new Date(event.occurredAt), settings)}</p>
        <p className="mt-1 flex items-center gap-1 font-mono text-12 break-all text-faint">
          {event.key}
          <CopyButton text={event.key} label="Copy the event's id" iconOnly size="row" />
        </p>
      </div>
      <section>
        <h3 className="mb-1.5 text-13 font-semibold">Runs</h3>
        {event.runs.length === 0 ? (
          <p className="text-13 text-soft">
            {event.started + event.resumed + event.cancelled === 0
              ? "No function listened for it."
              : `Counted when it came in: ${effectWords(event)}.`}
          </p>
        ) : (
          <ul className="grid">
            {event.runs.map((run) => (
              <li key={run.id}>
                <RunLine run={run} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <JsonValue label="Data" value={event.data} />
    </div>
  );
}
