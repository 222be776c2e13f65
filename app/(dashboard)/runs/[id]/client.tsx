"use client";

import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/components/access/signed-in";
import { JsonValue, LongValue } from "@/components/engine/json-value";
import { RunLine } from "@/components/engine/run-line";
import { NextStep, RunStatusMark } from "@/components/engine/run-status";
import { Took } from "@/components/engine/took";
import { QueryView } from "@/components/feedback/query-view";
import { TextSkeleton } from "@/components/feedback/skeleton";
import { Crumbs } from "@/components/shell/crumbs";
import { CopyButton } from "@/components/ui/copy-button";
import { Note } from "@/components/ui/note";
import { Band, Page } from "@/components/ui/page-head";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { api } from "@/lib/client/api";
import { outputQuery, type RunDetail, runQuery } from "@/lib/client/engine";
import { subjectLabels, triggerLabels } from "@/lib/domain/engine/labels";
import { RunActs } from "./_parts/run-acts";
import { RunReason } from "./_parts/run-reason";
import { Waterfall } from "./_parts/waterfall";

export function RunView({ id }: { id: string }) {
  const { tenantUuid } = useSignedIn();
  const run = useQuery(runQuery(tenantUuid, id));
  return (
    <Page>
      <QueryView
        query={run}
        skeleton={<TextSkeleton lines={8} />}
        error={{ title: "The run did not load", safe: "It goes on meanwhile; only this page is affected." }}
      >
        {(data) => <Shown run={data} />}
      </QueryView>
    </Page>
  );
}

function Shown({ run }: { run: RunDetail }) {
  const isPlatforms = run.worksFor === "platform";
  const isRelated = run.parent || run.original || run.children.length > 0 || run.replays.length > 0;
  return (
    <>
      <Crumbs trail={[{ label: run.functionName }]} />
      <Head run={run} />
      <RunReason run={run} />
      <Band title="Steps" says={stepsSay(run)}>
        {run.steps.length === 0 ? <p className="text-13 text-soft">{noSteps(run)}</p> : <Waterfall run={run} />}
      </Band>
      {!isPlatforms && (
        <Band title="Gave back" says="What the function returned.">
          <Output run={run} />
        </Band>
      )}
      {!isPlatforms && (
        <Band
          title="Was given"
          says={
            run.eventCount === 1 ? "The event that began it." : `${run.eventCount.toLocaleString("en")} events at once.`
          }
        >
          <Given run={run} />
        </Band>
      )}
      {isRelated && (
        <Band title="Belongs to" says="Runs that began it, or that it began.">
          <div className="grid">
            {run.parent && <RunLine run={run.parent}>invoked this one</RunLine>}
            {run.original && <RunLine run={run.original}>is what this one replays</RunLine>}
            {run.children.map((child) => (
              <RunLine key={child.id} run={child}>
                was invoked by this one
              </RunLine>
            ))}
            {run.replays.map((replay) => (
              <RunLine key={replay.id} run={replay}>
                replays it {replay.replayFrom === "beginning" ? "from the beginning" : "from where it failed"}
              </RunLine>
            ))}
          </div>
        </Band>
      )}
    </>
  );
}

function Head({ run }: { run: RunDetail }) {
  return (
    <header className="mb-4 flex flex-wrap items-start gap-x-3 gap-y-3">
      <div className="min-w-0 grow basis-72">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1>{run.functionName}</h1>
          <RunStatusMark status={run.status} state={run.state} />
        </div>
        <p className="mt-1 text-13 text-soft">
          {run.subject && `${subjectLabels[run.subject.kind]}, `}
          begun by {triggerLabels[run.trigger]} <Time at={run.createdAt} />
          {run.startedAt && (
            <>
              , {run.endedAt && "took "}
              <Took from={run.startedAt} to={run.endedAt} />
            </>
          )}
        </p>
        <p className="mt-0.5 flex items-center gap-1 font-mono text-12 text-faint">
          <span className="min-w-0 truncate">{run.id}</span>
          <CopyButton text={run.id} label="Copy the run's id" iconOnly size="row" />
        </p>
      </div>
      <RunActs run={run} />
    </header>
  );
}

function Output({ run }: { run: RunDetail }) {
  const { tenantUuid } = useSignedIn();
  if (run.isOutputLong)
    return (
      <LongValue
        label="The output"
        query={{
          queryKey: outputQuery(tenantUuid, run.id, null).queryKey,
          load: (signal) => loadOutput(run.id, null, signal),
        }}
      />
    );
  if (run.status !== "completed")
    return <p className="text-13 text-soft">{run.endedAt ? "Nothing: it did not come to its end." : "Nothing yet."}</p>;
  if (run.output === null) return <p className="text-13 text-soft">Nothing. It came to its end without a result.</p>;
  return <JsonValue label="Output" value={run.output} />;
}

const loadOutput = async (id: string, step: string | null, signal: AbortSignal) =>
  (await api<{ output: unknown }>(`/runs/${id}/output`, { query: { step }, signal })).output;

function Given({ run }: { run: RunDetail }) {
  return (
    <div className="grid gap-3">
      {run.events.map((event) => (
        <div key={event.id} className="grid gap-1.5">
          <p className="flex flex-wrap items-baseline gap-x-3 text-13">
            {event.eventId ? (
              <TextLink href={`/runs?tab=events&event=${event.eventId}`} look="ink" className="font-mono !text-12">
                {event.name}
              </TextLink>
            ) : (
              <span className="font-mono text-12">{event.name}</span>
            )}
            <Time at={event.at} className="text-soft" />
          </p>
          {event.isDataLong ? (
            <Note>
              Its data is long. {event.eventId ? "Open the event to see it." : "The event is kept no longer."}
            </Note>
          ) : (
            <JsonValue label="Data" value={event.data} />
          )}
        </div>
      ))}
      {run.eventCount > run.events.length && (
        <p className="text-13 text-soft">
          And {(run.eventCount - run.events.length).toLocaleString("en")} more like these.
        </p>
      )}
    </div>
  );
}

function stepsSay(run: RunDetail) {
  if (run.state)
    return (
      <>
        Now: <NextStep state={run.state} />.
      </>
    );
  const amount = run.steps.length;
  if (amount === 0) return null;
  return `${amount.toLocaleString("en")} ${amount === 1 ? "step" : "steps"}. Each is done once, whatever happens to the process.`;
}

function noSteps(run: RunDetail): string {
  if (run.status === "queued") return "None yet: it has not begun.";
  if (run.status === "running") return "None has ended yet.";
  if (run.status === "cancelled") return "None: it was cancelled before the first one ended.";
  return "None: the function did its work in one piece.";
}
