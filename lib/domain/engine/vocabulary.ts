/** The words of the durable engine: what a run is, what its steps are, and why it ended. */
export const runStatuses = ["queued", "running", "completed", "failed", "cancelled"] as const;
export type RunStatus = (typeof runStatuses)[number];

export const stepKinds = ["run", "sleep", "wait", "invoke", "send"] as const;
export type StepKind = (typeof stepKinds)[number];

/** `done` and `failed` are final: their result is recorded and the step never runs again. */
export const stepStates = [
  "planned",
  "retrying",
  "sleeping",
  "waiting",
  "invoking",
  "done",
  "failed",
  "cancelled",
] as const;
export type StepState = (typeof stepStates)[number];

/** Why a run did not complete. */
export const runReasons = [
  /** The function threw, and all tries are used up or it said that trying again is no use. */
  "function_error",
  /** No process knows the function any more. */
  "function_gone",
  /** The processes that ran it died, again and again. */
  "worker_lost",
  /** It took longer than one call may. */
  "too_slow",
  /** A step's output, an event or the number of steps is over its limit. */
  "over_limit",
  /** It asked for something the engine does not do. */
  "unsupported",
  "cancelled_by_person",
  "cancelled_by_event",
] as const;
export type RunReason = (typeof runReasons)[number];

export const triggerKinds = ["event", "cron", "invoke", "replay", "failure"] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** What a run can be about, so that a screen can link to its runs. Later domains add their noun. */
export const runSubjects = ["workspace", "import", "export", "change", "segment", "contact"] as const;
export type RunSubject = (typeof runSubjects)[number];

/** Where a replay begins: with the results that are recorded, or with nothing. */
export const replayStarts = ["failure", "beginning"] as const;
export type ReplayStart = (typeof replayStarts)[number];

/** Rows that belong to no workspace (crons, sweeps) carry this in place of one. It never names a workspace. */
export const platformTenant = "00000000-0000-0000-0000-000000000000";
