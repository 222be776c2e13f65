import {
  engineBatches,
  engineEvents,
  engineFunctions,
  engineJobs,
  engineMarks,
  engineRuns,
  engineSteps,
  engineWaits,
  engineWorkers,
  eventOutbox,
} from "@/db/schema/engine";
import { asWorker } from "@/db/system";
import type { EventPayload, JsonError } from "@/lib/domain/engine/payloads";
import { platformTenant, type RunStatus, type StepState } from "@/lib/domain/engine/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { addMs, hourMs, minuteMs } from "@/lib/kernel/time";

/** One valid row with overrides each, written by the engine's own login. A tenant need not exist: nothing points to it. */

/** No process serves it, so a row about it stays as it was made, however many engines look at the database. */
export const madeUpFunction = "made-up-score-contact";

export async function makeFunction(
  overrides: Partial<{ id: string; name: string; config: Record<string, unknown> }> = {},
) {
  const id = overrides.id ?? madeUpFunction;
  const row = {
    id,
    name: overrides.name ?? id,
    config: overrides.config ?? {
      id,
      triggers: [{ kind: "event", event: "contact/scored" }],
      tries: 5,
      concurrency: [],
    },
  };
  await asWorker((db) => db.insert(engineFunctions).values(row).onConflictDoNothing());
  return row;
}

export async function makeWorker(overrides: Partial<{ functions: string[]; seenAt: Date }> = {}) {
  const row = { id: uuidv7(), functions: overrides.functions ?? [], seenAt: overrides.seenAt ?? new Date() };
  await asWorker((db) => db.insert(engineWorkers).values(row));
  return row;
}

export function eventPayload(
  tenantId: string,
  overrides: Partial<{ id: string; name: string; data: Record<string, unknown>; at: Date }> = {},
): EventPayload {
  return {
    id: overrides.id ?? uuidv7(),
    name: overrides.name ?? "contact/scored",
    data: { tenantId, ...overrides.data },
    ts: (overrides.at ?? new Date()).getTime(),
  };
}

/** What the engine has taken in. `payload` is what the runs it began carry. */
export async function makeEvent(
  tenantId: string,
  overrides: Partial<Parameters<typeof eventPayload>[1]> &
    Partial<
      Pick<typeof engineEvents.$inferInsert, "started" | "resumed" | "cancelled" | "subjectKind" | "subjectId">
    > = {},
) {
  const { id: key, name, data, at, ...columns } = overrides;
  const payload = eventPayload(tenantId, {
    ...(key ? { id: key } : {}),
    ...(name ? { name } : {}),
    ...(data ? { data } : {}),
    ...(at ? { at } : {}),
  });
  const takenAt = new Date(payload.ts);
  const id = uuidv7(payload.ts);
  await asWorker((db) =>
    db.insert(engineEvents).values({
      tenantId,
      id,
      key: payload.id,
      name: payload.name,
      data: payload.data,
      started: 1,
      occurredAt: takenAt,
      createdAt: takenAt,
      ...columns,
    }),
  );
  return { id, payload };
}

type RunColumns = Omit<typeof engineRuns.$inferInsert, "tenantId">;

/** What a run can be at, each with the jobs, steps and waits that the engine would have written. */
export type RunScene = RunStatus | "retrying" | "slot" | "sleeping" | "waiting" | "invoking";

export async function makeRun(
  tenantId: string,
  overrides: Partial<RunColumns> & { scene?: RunScene; at?: Date; tookMs?: number } = {},
) {
  const { scene = overrides.status ?? "completed", at = new Date(), tookMs = 900, ...columns } = overrides;
  const hasEnded = scene === "completed" || scene === "failed" || scene === "cancelled";
  const status = hasEnded || scene === "queued" ? scene : scene === "slot" ? "queued" : "running";
  const id = columns.id ?? uuidv7(at.getTime());
  const hasBegun = status !== "queued" && scene !== "cancelled";
  const row = {
    tenantId,
    id,
    functionId: madeUpFunction,
    status,
    trigger: "event",
    eventName: columns.events?.[0]?.name ?? "contact/scored",
    events: [eventPayload(tenantId, { at })],
    sortAt: at,
    position: 1,
    createdAt: at,
    updatedAt: at,
    ...(hasBegun ? { startedAt: addMs(at, 12) } : {}),
    ...(hasEnded ? { endedAt: addMs(at, tookMs) } : {}),
    ...(scene === "completed" ? { output: { score: 84, grade: "A" } } : {}),
    ...(scene === "failed" ? { error: someError, reason: "function_error" as const } : {}),
    ...(scene === "cancelled" ? { reason: "cancelled_by_person" as const } : {}),
    ...columns,
  } satisfies typeof engineRuns.$inferInsert;
  await asWorker((db) => db.insert(engineRuns).values(row));
  await setScene(row, scene, at);
  return row;
}

export const someError: JsonError = {
  name: "Error",
  message: "connect ECONNREFUSED 127.0.0.1:5432",
  stack:
    "Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)",
};

async function setScene(run: { tenantId: string; id: string; functionId: string }, scene: RunScene, at: Date) {
  const job = (columns: Partial<typeof engineJobs.$inferInsert>) =>
    asWorker((db) =>
      db.insert(engineJobs).values({
        tenantId: run.tenantId,
        runId: run.id,
        functionId: run.functionId,
        kind: "call",
        dueAt: at,
        sortAt: at,
        position: 1,
        createdAt: at,
        ...columns,
      }),
    );
  const later = addMs(new Date(), 3 * hourMs);
  const step = (state: StepState, columns: Partial<StepColumns>) =>
    makeStep(run.tenantId, run.id, { state, startedAt: addMs(at, 400), createdAt: addMs(at, 400), ...columns });
  switch (scene) {
    case "queued":
      await job({});
      return;
    case "running":
      // Nobody serves the function, so the lease is long: the scene holds for as long as a test looks at it.
      await job({ leaseUntil: addMs(new Date(), hourMs), leaseToken: 1 });
      return;
    case "slot":
      await job({ gate: `${run.functionId}:${run.tenantId}` });
      return;
    case "retrying":
      await step("retrying", { name: "ask the vendor", attempts: 2, error: someError });
      await job({ gate: "time", dueAt: addMs(new Date(), 4 * minuteMs), attempt: 2 });
      return;
    case "sleeping": {
      const { id } = await step("sleeping", { name: "let a day pass", kind: "sleep", until: later });
      await job({ stepId: id, kind: "timer", gate: "time", dueAt: later });
      return;
    }
    case "waiting": {
      const { id } = await step("waiting", {
        name: "the answer",
        kind: "wait",
        until: later,
        detail: "message/answered",
      });
      await job({ stepId: id, kind: "timer", gate: "time", dueAt: later });
      await makeWait(run.tenantId, { runId: run.id, stepId: id, until: later });
      return;
    }
    case "invoking":
      await step("invoking", { name: "ask for the score", kind: "invoke", detail: madeUpFunction });
      return;
  }
}

/** When a schedule comes next, as the engine notes it. */
export async function makeCronMark(functionId: string, cron: string, at: Date) {
  const key = `${functionId}:${cron}`;
  await asWorker((db) => db.insert(engineMarks).values({ tenantId: platformTenant, kind: "cron", key, at }));
}

type StepColumns = Omit<typeof engineSteps.$inferInsert, "tenantId" | "runId">;
let stepsMade = 0;

export async function makeStep(tenantId: string, runId: string, overrides: Partial<StepColumns> = {}) {
  const state = overrides.state ?? "done";
  const at = overrides.startedAt ?? new Date();
  const hasEnded = state === "done" || state === "failed" || state === "cancelled";
  stepsMade += 1;
  const row = {
    tenantId,
    runId,
    id: `made-up-${stepsMade}-${uuidv7().slice(-12)}`,
    name: "load the facts",
    kind: "run",
    state,
    attempts: 1,
    startedAt: at,
    createdAt: at,
    ...(hasEnded ? { endedAt: addMs(at, 120), seq: stepsMade } : {}),
    ...(state === "done" ? { output: { facts: 12 } } : {}),
    ...(state === "failed" ? { error: someError } : {}),
    ...overrides,
  } satisfies typeof engineSteps.$inferInsert;
  await asWorker((db) => db.insert(engineSteps).values(row));
  return row;
}

export async function makeWait(
  tenantId: string,
  overrides: Partial<Omit<typeof engineWaits.$inferInsert, "tenantId">> = {},
) {
  const row = { tenantId, id: uuidv7(), runId: uuidv7(), eventName: "message/answered", ...overrides };
  await asWorker((db) => db.insert(engineWaits).values(row));
  return row;
}

/**
 * One row in each table of the engine that nothing else here fills, lying far in the future: no engine that works on the
 * same database takes them up.
 */
export async function makeEngineRest(tenantId: string) {
  const far = addMs(new Date(), 365 * 24 * hourMs);
  const key = uuidv7();
  await asWorker(async (db) => {
    await db
      .insert(eventOutbox)
      .values({ tenantId, id: uuidv7(), key, name: "made-up/rest", data: { tenantId }, dueAt: far });
    await db.insert(engineMarks).values({ tenantId, kind: "event", key, at: far });
    await db.insert(engineBatches).values({
      ...{ tenantId, functionId: madeUpFunction, key, position: 1, dueAt: far },
      events: [eventPayload(tenantId)],
    });
  });
}
