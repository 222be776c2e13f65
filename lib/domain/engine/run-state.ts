import type { RunStatus, StepState } from "./vocabulary";

/** What a run waits for, or does, at this moment. Null once it has ended. */
export type RunState =
  | { kind: "running"; since: Date | null }
  | { kind: "queued"; since: Date }
  | { kind: "slot"; limit: string }
  | { kind: "later"; until: Date }
  | { kind: "retry"; at: Date; failed: number }
  | { kind: "sleep"; until: Date | null; step: string }
  | { kind: "event"; event: string | null; until: Date | null; step: string }
  | { kind: "invoke"; function: string | null; until: Date | null; step: string };

export type StateFacts = {
  status: RunStatus;
  createdAt: Date;
  startedAt: Date | null;
  now: Date;
  jobs: readonly {
    kind: "call" | "timer";
    dueAt: Date;
    leaseUntil: Date | null;
    gate: string | null;
    attempt: number;
  }[];
  /** Steps that have not ended, in the order in which they were begun. */
  steps: readonly { name: string; state: StepState; until: Date | null; detail: string | null }[];
};

/**
 * Of several things at once the one that will move it first: work under way, work that could begin, a slot, a next try;
 * and only where nothing of ours is left to do, what it waits for outside.
 */
export function decideRunState(facts: StateFacts): RunState | null {
  if (facts.status !== "queued" && facts.status !== "running") return null;
  const calls = facts.jobs.filter((job) => job.kind === "call");

  if (calls.some((job) => job.leaseUntil !== null && job.leaseUntil > facts.now))
    return { kind: "running", since: facts.startedAt };
  const isDue = (job: StateFacts["jobs"][number]) =>
    job.gate === null || (job.gate === "time" && job.dueAt <= facts.now);
  if (calls.some(isDue)) return { kind: "queued", since: facts.startedAt ?? facts.createdAt };
  const full = calls.find((job) => job.gate !== null && job.gate !== "time");
  if (full?.gate) return { kind: "slot", limit: full.gate };

  const next = earliest(calls.filter((job) => job.gate === "time"));
  if (next && next.attempt > 0) return { kind: "retry", at: next.dueAt, failed: next.attempt };
  if (next) return { kind: "later", until: next.dueAt };

  const wait = firstToEnd(facts.steps);
  if (wait?.state === "sleeping") return { kind: "sleep", until: wait.until, step: wait.name };
  if (wait?.state === "waiting") return { kind: "event", event: wait.detail, until: wait.until, step: wait.name };
  if (wait?.state === "invoking") return { kind: "invoke", function: wait.detail, until: wait.until, step: wait.name };
  return { kind: "queued", since: facts.startedAt ?? facts.createdAt };
}

function earliest<Job extends { dueAt: Date }>(jobs: readonly Job[]): Job | undefined {
  return jobs.reduce<Job | undefined>((first, job) => (first && first.dueAt <= job.dueAt ? first : job), undefined);
}

function firstToEnd(steps: StateFacts["steps"]) {
  return steps
    .filter((step) => step.state === "sleeping" || step.state === "waiting" || step.state === "invoking")
    .reduce<StateFacts["steps"][number] | undefined>((first, step) => {
      if (!first) return step;
      return (step.until?.getTime() ?? Infinity) < (first.until?.getTime() ?? Infinity) ? step : first;
    }, undefined);
}
