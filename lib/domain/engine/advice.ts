import type { RunReason } from "./vocabulary";

/** What one can do about a run that did not complete: beside its reason, where there is room for it. */
export const reasonAdvice: Record<RunReason, string> = {
  function_error:
    "Once the cause below is gone, replay it from where it failed: what was done already is not done again.",
  function_gone:
    "It was renamed or removed while the run was going. It can be replayed once a version that has it runs again.",
  worker_lost: "Memory that runs out is the usual cause. Replay it when the server is well.",
  too_slow: "Work that long belongs in smaller steps. A replay begins after the last step that ended.",
  over_limit: "The message below says which. A replay meets the same limit until the function is changed.",
  unsupported: "The message below says what. It runs on an Inngest server, or after the function is changed.",
  cancelled_by_person: "The audit log says who. What had been done by then stays done; a replay goes on from there.",
  cancelled_by_event: "This is how the function is meant to stop. What had been done by then stays done.",
};
