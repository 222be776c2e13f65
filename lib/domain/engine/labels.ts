import type { RunReason, RunStatus, RunSubject, StepKind, StepState, TriggerKind } from "./vocabulary";

/** One face per word: label, tone and, where people will ask, what it means. A new word does not compile until it has one. */
export type Tone = "good" | "waiting" | "bad" | "quiet" | "info";

export const runLabels: Record<RunStatus, { label: string; tone: Tone }> = {
  queued: { label: "Queued", tone: "waiting" },
  running: { label: "Going", tone: "info" },
  completed: { label: "Completed", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "quiet" },
};

export const stepLabels: Record<StepState, { label: string; tone: Tone }> = {
  planned: { label: "Planned", tone: "waiting" },
  retrying: { label: "Trying again", tone: "waiting" },
  sleeping: { label: "Sleeping", tone: "info" },
  waiting: { label: "Waiting for an event", tone: "info" },
  invoking: { label: "Waiting for a function", tone: "info" },
  done: { label: "Done", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "quiet" },
};

export const stepKindLabels: Record<StepKind, string> = {
  run: "Work",
  sleep: "Sleep",
  wait: "Wait",
  invoke: "Invoke",
  send: "Send",
};

export const subjectLabels: Record<RunSubject, string> = {
  workspace: "The workspace",
  import: "An import",
  export: "An export",
  change: "A change of many contacts",
  segment: "A segment",
  contact: "A contact",
};

export const triggerLabels: Record<TriggerKind, string> = {
  event: "an event",
  cron: "its schedule",
  invoke: "another run",
  replay: "a replay",
  failure: "the failure of another run",
};

/** Why it did not complete, as a sentence. */
export const reasonLabels: Record<RunReason, string> = {
  function_error: "The function failed and all its tries are used up.",
  function_gone: "No process knows this function any more.",
  worker_lost: "The processes that worked on it died, again and again.",
  too_slow: "One call of it took longer than a call may.",
  over_limit: "It went over a limit: the size of an output or an event, or the number of steps.",
  unsupported: "It asked for something that this engine does not do.",
  cancelled_by_person: "Somebody cancelled it.",
  cancelled_by_event: "An event that cancels it arrived.",
};
