import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { RunState } from "@/lib/client/engine";
import { functionWords } from "@/lib/domain/engine/describe-function";
import { runLabels } from "@/lib/domain/engine/labels";
import type { RunStatus } from "@/lib/domain/engine/vocabulary";
import { runShapes } from "./status-shapes";

type Facts = { status: RunStatus; state: RunState | null };

/** What an open run is really at says more than that it is open. */
const words: Partial<Record<RunState["kind"], string>> = {
  sleep: "Sleeping",
  event: "Waiting",
  invoke: "Waiting",
  retry: "Trying again",
  slot: "Queued",
  later: "Queued",
  queued: "Queued",
};

export function RunStatusMark({ status, state }: Facts) {
  const { label, tone } = runLabels[status];
  const isAtRest = state?.kind === "sleep" || state?.kind === "event" || state?.kind === "invoke";
  const isBehind = state?.kind === "retry" || (status === "running" && state?.kind === "slot");
  return (
    <Status tone={isBehind ? "waiting" : tone} shape={isAtRest ? "dashed" : isBehind ? "diamond" : runShapes[status]}>
      {(state && words[state.kind]) ?? label}
    </Status>
  );
}

/** What comes next for an open run, in a few words. */
export function NextStep({ state }: { state: RunState }) {
  switch (state.kind) {
    case "running":
      return <>at work</>;
    case "queued":
      return <>begins as soon as a process is free</>;
    case "slot":
      return <>waits for a free slot</>;
    case "later":
      return (
        <>
          begins <Time at={state.until} />
        </>
      );
    case "retry":
      return (
        <>
          next try <Time at={state.at} />, after {state.failed} failed
        </>
      );
    case "sleep":
      return state.until ? (
        <>
          wakes <Time at={state.until} />
        </>
      ) : (
        <>sleeps</>
      );
    case "event":
      return (
        <>
          waits for <span className="font-mono text-12">{state.event ?? "an event"}</span>
          {state.until && (
            <>
              , gives up <Time at={state.until} />
            </>
          )}
        </>
      );
    case "invoke":
      return <>waits for {state.function ? functionWords(state.function, null) : "another function"}</>;
  }
}
