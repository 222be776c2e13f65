import type { Db } from "@/db/client";
import { createRuns } from "@/db/queries/engine/create-runs";
import { endRuns, slotsOf, uniqueRuns } from "@/db/queries/engine/end-runs";
import {
  finishJobs,
  heldOf,
  insertJobs,
  jobLease,
  lockSlots,
  repeatJobs,
  unparkJobs,
  wakeRuns,
} from "@/db/queries/engine/jobs";
import { knownSteps } from "@/db/queries/engine/known-steps";
import { lockRuns } from "@/db/queries/engine/load-runs";
import { settleWaiting, writeSteps } from "@/db/queries/engine/steps";
import { dropWaits, insertWaits } from "@/db/queries/engine/waits";
import type { Clock } from "@/db/queries/lease";
import type { EventPayload, JsonError } from "@/lib/domain/engine/payloads";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import type { FunctionConfig } from "./config";
import { type Intake, spread } from "./intake";
import type { CallFacts, Settlement } from "./settlement";

export type Settled = { facts: Pick<CallFacts, "job" | "run">; settlement: Settlement };
export type Acts = Intake & { announced: ReadonlySet<string> };

/**
 * Writes what many calls have come to, in one transaction. First the runs are locked, then the fence: who lost the lease
 * writes nothing. Returns, for each, whether it still held its job.
 */
export async function settleCalls(db: Db, calls: readonly Settled[], acts: Acts): Promise<boolean[]> {
  const runs = calls.flatMap(({ facts: { run } }) => [
    { tenant_uuid: run.tenant_uuid, id: run.id },
    ...(run.parent_run_id === null ? [] : [{ tenant_uuid: run.tenant_uuid, id: run.parent_run_id }]),
  ]);
  // Who gives a slot back and who waits for one must not pass each other by.
  const needSlots = ({ facts: { job }, settlement }: Settled) =>
    job.key_1 !== null || job.key_2 !== null || settlement.invokes.length > 0;
  if (calls.some(needSlots)) await lockSlots(db);
  const going = await lockRuns(db, uniqueRuns(runs));
  const held = await jobLease.hold(
    db,
    calls.map(({ facts: { job } }) => heldOf(job)),
  );
  const heldNames = new Set(held.map((job) => `${job.run_id} ${job.step_id}`));
  const isHeld = calls.map(
    ({ facts: { job } }) => heldNames.has(`${job.run_id} ${job.step_id}`) && going.has(job.run_id),
  );
  const valid = calls.filter((_, at) => isHeld[at]);

  await plan(db, valid, acts);
  const ends = valid.filter(({ settlement }) => settlement.end !== null);
  const rest = valid.filter(({ settlement }) => settlement.end === null);
  const done = rest.filter(({ settlement }) => settlement.job.kind === "done");
  await finishJobs(
    db,
    done.map(({ facts: { job } }) => ({ ...heldOf(job), revision: job.revision })),
    acts.now,
  );
  await repeatJobs(
    db,
    rest.flatMap(({ facts: { job }, settlement: { job: next } }) =>
      next.kind === "again" ? [{ ...heldOf(job), attempt: next.attempt, delay_ms: next.delayMs }] : [],
    ),
    acts.now,
  );
  await unparkJobs(db, slotsOf(rest.map(({ facts: { job } }) => job)));
  await wakeRuns(
    db,
    uniqueRuns(
      rest
        .filter(({ settlement }) => settlement.wake)
        .map(({ facts: { run } }) => ({ tenant_uuid: run.tenant_uuid, id: run.id })),
    ),
    acts.now,
  );
  await endRuns(
    db,
    ends.flatMap(({ facts: { run }, settlement: { end } }) =>
      end ? [{ tenant_uuid: run.tenant_uuid, id: run.id, ...end }] : [],
    ),
    acts.now,
    acts.announced,
  );
  return isHeld;
}

/** Steps and the work that belongs to them; what another call has planned meanwhile is left as it is. */
async function plan(db: Db, calls: readonly Settled[], acts: Acts): Promise<void> {
  const opened = calls.flatMap(({ settlement: { steps } }) =>
    steps
      .filter(({ state }) => ["planned", "sleeping", "waiting", "invoking"].includes(state))
      .map((step) => ({ tenant_uuid: step.tenantId, run_id: step.runId, id: step.id })),
  );
  const known = await knownSteps(db, opened);
  // A step that was tried within a call, and is planned now, is known and yet has no work of its own.
  const isNew = (runId: string, stepId: string) => (known.get(`${runId} ${stepId}`) ?? "retrying") === "retrying";
  await writeSteps(
    db,
    calls.flatMap(({ settlement }) => settlement.steps),
    acts.now,
  );
  await insertJobs(
    db,
    calls.flatMap(({ settlement: { jobs } }) => jobs.filter((job) => isNew(job.runId, job.stepId))),
    acts.now,
  );
  await insertWaits(
    db,
    calls.flatMap(({ settlement: { waits } }) => waits.filter((wait) => isNew(wait.runId, wait.stepId))),
  );
  await invoke(
    db,
    calls.flatMap(({ facts: { run }, settlement: { invokes } }) =>
      invokes.filter(({ stepId }) => isNew(run.id, stepId)).map((call) => ({ ...call, run })),
    ),
    acts,
  );
}

type Invocation = Settlement["invokes"][number] & { run: CallFacts["run"] };

async function invoke(db: Db, calls: readonly Invocation[], acts: Acts): Promise<void> {
  if (calls.length === 0) return;
  const faults = calls.map((call) => faultOf(call, acts));
  const drafts = calls.flatMap(({ run, stepId, functionId, data, v }, at) => {
    const config = acts.configs.get(functionId);
    return config && !faults[at] ? [draftOf(config, run, stepId, data, v, acts)] : [];
  });
  await createRuns(db, await spread(db, drafts, acts), acts.now, acts.newId);

  const settled = await settleWaiting(
    db,
    calls.flatMap(({ run, stepId }, at) => {
      const error = faults[at];
      return error ? [{ tenantId: run.tenant_uuid, runId: run.id, stepId, output: null, error }] : [];
    }),
    acts.now,
  );
  await dropWaits(db, settled);
  await wakeRuns(db, uniqueRuns(settled), acts.now);
}

const workspaceOf = (run: CallFacts["run"]) => (run.tenant_uuid === platformTenant ? null : run.tenant_uuid);

/** Why a function cannot be invoked. What is invoked works where its caller does: across that wall only events go. */
function faultOf({ functionId, data, run }: Invocation, acts: Acts): JsonError | null {
  if (!acts.configs.has(functionId))
    return { name: "UnknownFunction", message: `There is no function "${functionId}" to invoke.` };
  const named = (data as { tenantId?: unknown } | null)?.tenantId ?? null;
  if (named !== null && named !== workspaceOf(run))
    return {
      name: "ForeignWorkspace",
      message: "A function is invoked for the workspace of its caller. Send it an event.",
    };
  return null;
}

function draftOf(
  config: FunctionConfig,
  run: CallFacts["run"],
  stepId: string,
  data: unknown,
  v: string | undefined,
  acts: Acts,
) {
  const given = typeof data === "object" && data !== null && !Array.isArray(data) ? data : {};
  const event: EventPayload = {
    id: acts.newId(),
    name: "inngest/function.invoked",
    data: {
      ...given,
      tenantId: workspaceOf(run),
      _inngest: { fn_id: config.id, correlation_id: `${run.id}.${stepId}` },
    },
    ts: acts.at().getTime(),
    ...(v === undefined ? {} : { v }),
  };
  return {
    config,
    tenantId: run.tenant_uuid,
    events: [event],
    position: run.position,
    subject: run.subject_kind && run.subject_id ? { kind: run.subject_kind, id: run.subject_id } : null,
    trigger: "invoke" as const,
    parent: { runId: run.id, stepId },
  };
}

/** Times that have come: a sleep is over, a wait or an invocation has taken too long. */
export async function fireTimers(db: Db, jobs: readonly CallFacts["job"][], now: Clock): Promise<void> {
  const runs = uniqueRuns(jobs.map((job) => ({ tenant_uuid: job.tenant_uuid, id: job.run_id })));
  await lockRuns(db, runs);
  const held = new Set((await jobLease.hold(db, jobs.map(heldOf))).map((job) => `${job.run_id} ${job.step_id}`));
  const due = jobs.filter((job) => held.has(`${job.run_id} ${job.step_id}`));
  const known = await knownSteps(
    db,
    due.map((job) => ({ tenant_uuid: job.tenant_uuid, run_id: job.run_id, id: job.step_id })),
  );
  const settled = await settleWaiting(
    db,
    due.map((job) => ({
      tenantId: job.tenant_uuid,
      runId: job.run_id,
      stepId: job.step_id,
      output: null,
      ...(known.get(`${job.run_id} ${job.step_id}`) === "invoking"
        ? { error: { name: "InvokeTimeout", message: "The invoked function did not end in time." } }
        : {}),
    })),
    now,
  );
  // The job goes with the step it was for.
  await dropWaits(
    db,
    due.map((job) => ({ tenant_uuid: job.tenant_uuid, id: job.run_id, step_id: job.step_id })),
  );
  await wakeRuns(db, uniqueRuns(settled), now);
}
