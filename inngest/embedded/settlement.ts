import type { RunEnd } from "@/db/queries/engine/end-runs";
import type { ClaimedJob, NewJob } from "@/db/queries/engine/jobs";
import type { LoadedRun } from "@/db/queries/engine/load-runs";
import type { StepWrite } from "@/db/queries/engine/steps";
import type { NewWait } from "@/db/queries/engine/waits";
import type { JsonError } from "@/lib/domain/engine/payloads";
import type { RunReason } from "@/lib/domain/engine/vocabulary";
import { plainText } from "@/lib/kernel/plain-text";
import { askedDelayMs, type Backoff, retryDelayMs } from "../retry";
import type { FunctionConfig } from "./config";
import { momentOf } from "./duration";
import { matchOf } from "./expressions";
import { limits } from "./limits";
import type { Reading, SettledStep } from "./protocol";

/** What an answer of the SDK means for a run: facts in, writes out. Nothing here knows a clock or a database. */
export type Settlement = {
  steps: StepWrite[];
  /** Work for steps that were planned, and times to wake at. */
  jobs: NewJob[];
  waits: NewWait[];
  invokes: { stepId: string; functionId: string; data: unknown; v?: string }[];
  /** The job itself: done, or once more. */
  job: { kind: "done" } | { kind: "again"; attempt: number; delayMs: number };
  /** A step of its own has ended, so the function has to be called. */
  wake: boolean;
  end: Omit<RunEnd, "tenant_uuid" | "id"> | null;
};

export type CallFacts = {
  job: ClaimedJob;
  run: LoadedRun;
  config: FunctionConfig;
  at: Date;
  backoff: Backoff;
  newId: () => string;
  tookMs?: number;
};

/** Nothing to write but the end of the job, or of the run. */
export const rest = (end: Settlement["end"] = null): Settlement => ({
  steps: [],
  jobs: [],
  waits: [],
  invokes: [],
  job: { kind: "done" },
  wake: false,
  end,
});

export function settle(reading: Reading, facts: CallFacts): Settlement {
  const { job, run } = facts;
  const settlement = rest();
  const fail = (reason: RunReason, error: JsonError): Settlement => ({
    ...settlement,
    end: { status: "failed", reason, error },
  });

  if (reading.unsupported.length > 0)
    return fail("unsupported", {
      name: "UnsupportedStep",
      message: `The embedded engine does not know the step "${reading.unsupported[0]}".`,
    });

  settlement.steps.push(...reading.settled.map((step) => settledStep(step, facts)));
  const tooMany = () => fail("over_limit", overLimit("The run has more than 1,000 steps."));
  if (run.step_count + settlement.steps.length > limits.stepsARun) {
    settlement.steps = [];
    return tooMany();
  }
  const bytes = settlement.steps.reduce((sum, { output }) => sum + (output?.length ?? 0), run.memo_bytes);
  if (bytes > limits.runBytes) {
    settlement.steps = [];
    return fail("over_limit", overLimit("The steps of the run hold more than 32 MB."));
  }
  const tooBig = settlement.steps.find(({ output }) => (output?.length ?? 0) > limits.stepBytes);
  if (tooBig) {
    settlement.steps = [];
    return fail("over_limit", overLimit(`The output of the step "${tooBig.name}" is over 4 MB.`));
  }

  if (reading.end?.kind === "completed") {
    const output = JSON.stringify(reading.end.output ?? null);
    if (output.length > limits.stepBytes)
      return fail("over_limit", overLimit("What the function returned is over 4 MB."));
    settlement.end = { status: "completed", output };
    return settlement;
  }
  if (reading.end) {
    settlement.end = { status: "failed", reason: "function_error", error: reading.end.error };
    return settlement;
  }
  if (reading.retry) return settleRetry(reading.retry, settlement, facts);

  // What is under way is reported again with every answer.
  const underWay = new Set(run.open);
  const isNew = ({ id }: { id: string }) => !underWay.has(id);
  const planned = reading.planned.filter(isNew);
  const sleeps = reading.sleeps.filter(isNew);
  const waits = reading.waits.filter(isNew);
  const invokes = reading.invokes.filter(isNew);

  for (const { id, name, kind } of planned) {
    settlement.steps.push({ ...stepOf(facts, id, name), kind, state: "planned" });
    settlement.jobs.push(jobOf(facts, id, "call", null));
  }
  for (const sleep of sleeps) {
    const until = sleep.until === "" ? facts.at : momentOf(sleep.until, facts.at);
    if (until === null) return fail("unsupported", badTime(sleep.name, sleep.until));
    settlement.steps.push({ ...stepOf(facts, sleep.id, sleep.name), kind: "sleep", state: "sleeping", until });
    settlement.jobs.push(jobOf(facts, sleep.id, "timer", until));
  }
  for (const wait of waits) {
    const until = momentOf(wait.timeout, facts.at);
    if (until === null) return fail("unsupported", badTime(wait.name, wait.timeout));
    const event = run.events[0];
    const match = event ? matchOf(wait.condition, event) : "never";
    settlement.steps.push({
      ...stepOf(facts, wait.id, wait.name),
      kind: "wait",
      state: "waiting",
      until,
      detail: plainText(wait.event),
    });
    settlement.jobs.push(jobOf(facts, wait.id, "timer", until));
    if (match !== "never")
      settlement.waits.push({
        tenantId: run.tenant_uuid,
        id: facts.newId(),
        runId: run.id,
        stepId: wait.id,
        eventName: plainText(wait.event),
        match: match.match,
        condition: match.condition === null ? null : plainText(match.condition, 10_000),
        until,
      });
  }
  for (const { id, name, functionId, data, v, timeout } of invokes) {
    const until = timeout === undefined ? null : momentOf(timeout, facts.at);
    settlement.steps.push({
      ...stepOf(facts, id, name),
      kind: "invoke",
      state: "invoking",
      detail: plainText(functionId),
      ...(until ? { until } : {}),
    });
    if (until) settlement.jobs.push(jobOf(facts, id, "timer", until));
    settlement.invokes.push({ stepId: id, functionId, data, ...(v === undefined ? {} : { v }) });
  }

  const found = planned.length + sleeps.length + waits.length + invokes.length;
  if (run.step_count + settlement.steps.length > limits.stepsARun) return rest(tooMany().end);

  if (job.step_id !== "") settlement.wake = true;
  else if (reading.again || (reading.settled.length > 0 && found === 0))
    settlement.job = { kind: "again", attempt: 0, delayMs: 0 };
  else if (found === 0 && run.open.length === 0)
    return settleLost(
      { name: "EmptyAnswer", message: "The function answered with nothing to do." },
      "function_error",
      facts,
    );
  return settlement;
}

/** Something threw and may be tried again; the last try was the SDK's to name, and is counted here all the same. */
function settleRetry(retry: NonNullable<Reading["retry"]>, settlement: Settlement, facts: CallFacts): Settlement {
  const { job, config, at, backoff } = facts;
  const attempt = job.attempt + 1;
  const isLast = attempt >= config.tries;
  if (retry.step) {
    const state = isLast ? "failed" : "retrying";
    settlement.steps.push({
      ...stepOf(facts, retry.step.id, retry.step.name),
      kind: retry.step.kind,
      state,
      error: retry.error,
    });
  }
  if (isLast) {
    if (!retry.step) settlement.end = { status: "failed", reason: "function_error", error: retry.error };
    else if (job.step_id === "") settlement.job = { kind: "again", attempt: 0, delayMs: 0 };
    else settlement.wake = true;
    return settlement;
  }
  const delayMs = retryDelayMs(job.attempt, askedDelayMs(retry.after, at.getTime()), backoff);
  settlement.job = { kind: "again", attempt, delayMs };
  return settlement;
}

/** A call that never came to an answer: a time-out, or a fault of ours on the way. */
export function settleLost(error: JsonError, reason: RunReason, facts: CallFacts): Settlement {
  const settlement = rest();
  if (facts.job.attempt + 1 >= facts.config.tries) settlement.end = { status: "failed", reason, error };
  else
    settlement.job = {
      kind: "again",
      attempt: facts.job.attempt + 1,
      delayMs: retryDelayMs(facts.job.attempt, null, facts.backoff),
    };
  return settlement;
}

/** Why a run must end before it is called at all, or null. */
export function refuseCall({ job, run }: Pick<CallFacts, "job" | "run">): Settlement["end"] {
  const fail = (reason: RunReason, error: JsonError) => ({ status: "failed" as const, reason, error });
  if (job.lost > limits.lostCalls)
    return fail("worker_lost", {
      name: "WorkerLost",
      message: `The process that ran it died ${job.lost} times in a row without a result.`,
    });
  if (run.memo_bytes > limits.runBytes)
    return fail("over_limit", overLimit("The steps of the run hold more than 32 MB."));
  if (run.events.length === 0) return fail("over_limit", overLimit("The run has no event."));
  return null;
}

export function settledStep(step: SettledStep, facts: Pick<CallFacts, "job" | "run" | "tookMs">): StepWrite {
  return {
    ...stepOf(facts, step.id, step.name),
    kind: step.kind,
    ...(step.error
      ? { state: "failed" as const, error: step.error }
      : { state: "done" as const, output: JSON.stringify(step.output ?? null) }),
    ...(facts.tookMs === undefined ? {} : { tookMs: facts.tookMs }),
  };
}

function stepOf({ job, run }: Pick<CallFacts, "job" | "run">, id: string, name: string) {
  return {
    tenantId: run.tenant_uuid,
    runId: run.id,
    id: plainText(id),
    name: plainText(name, 200),
    attempts: job.attempt + 1,
  };
}

/** A time to wake at holds no slot: only work does. */
function jobOf({ job, run }: CallFacts, stepId: string, kind: "call" | "timer", dueAt: Date | null): NewJob {
  return {
    tenantId: run.tenant_uuid,
    runId: run.id,
    stepId,
    kind,
    functionId: job.function_id,
    dueAt,
    key1: kind === "call" ? run.key_1 : null,
    key2: kind === "call" ? run.key_2 : null,
    sortAt: run.sort_at,
    position: run.position,
  };
}

const overLimit = (message: string): JsonError => ({ name: "OverLimit", message });
const badTime = (name: string, text: string): JsonError => ({
  name: "BadTime",
  message: `The step "${name}" waits for "${text}", which is neither a duration nor a moment.`,
});
