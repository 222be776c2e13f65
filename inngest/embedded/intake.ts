import type { Db } from "@/db/client";
import { type Batch, dropBatches, loadBatches, saveBatches } from "@/db/queries/engine/batches";
import { createRuns, type NewRun } from "@/db/queries/engine/create-runs";
import { cancelRuns, uniqueRuns, withParents } from "@/db/queries/engine/end-runs";
import { lockSlots, wakeRuns } from "@/db/queries/engine/jobs";
import { lockRuns } from "@/db/queries/engine/load-runs";
import { type Mark, markKey, readMarks, takeMarks, writeMarks } from "@/db/queries/engine/marks";
import { keepEvents, type TakenEvent, takeEvents } from "@/db/queries/engine/outbox";
import { settleWaiting } from "@/db/queries/engine/steps";
import { dropWaits, findWaits } from "@/db/queries/engine/waits";
import type { Clock } from "@/db/queries/lease";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import { platformTenant, type TriggerKind } from "@/lib/domain/engine/vocabulary";
import { addMs, dayMs } from "@/lib/kernel/time";
import type { FunctionConfig } from "./config";
import { answersOf, givenKeyOf, holds, keyOf, matchOf, priorityOf } from "./expressions";
import { slotKeys } from "./slots";

/** Events in, runs out: what a committed event starts, resumes and cancels, all in one transaction. */

export type Intake = { now: Clock; at: () => Date; newId: () => string; configs: ReadonlyMap<string, FunctionConfig> };

/** Sees to it that what every living process knows is known here, as of this moment. */
export type Refresh = (db: Db) => Promise<void>;

const atOnce = 500;
const idempotencyMs = dayMs;

/** Returns how many events were taken, and whether one of them tells of a run that was cancelled. */
export async function takeIn(
  db: Db,
  given: Intake,
  refresh: Refresh,
  limit = atOnce,
): Promise<{ taken: number; cancelled: boolean }> {
  const { events: taken, at } = await takeEvents(db, limit, given.now);
  if (taken.length === 0) return { taken: 0, cancelled: false };
  // Behind the lock: a function that a newer process has just brought along must not miss its first event.
  await refresh(db);
  const intake = { ...given, at: () => at };
  const events = await withoutRepeats(db, taken, intake);
  const starts = await onlyOncePerKey(db, startsOf(events, intake.configs), intake);
  const runs = await gather(db, starts, intake);
  await createRuns(db, await spread(db, runs, intake), intake.now, intake.newId);
  const { resumed, cancelled } = await tellWaiting(db, events, intake);

  const started = new Map<string, number>();
  for (const { event } of starts) started.set(event.id, (started.get(event.id) ?? 0) + 1);
  await keepEvents(
    db,
    events.map((event) => ({
      ...event,
      started: started.get(event.id) ?? 0,
      resumed: resumed.get(event.id) ?? 0,
      cancelled: cancelled.get(event.id) ?? 0,
    })),
  );
  return { taken: taken.length, cancelled: events.some(({ name }) => name === "inngest/function.cancelled") };
}

export const payloadOf = (event: TakenEvent): EventPayload => ({
  id: event.key,
  name: event.name,
  data: event.data,
  ts: event.occurredAt.getTime(),
  ...(event.v === undefined ? {} : { v: event.v }),
});

/** The same id within a day is the same event, whoever sends it and however often. */
async function withoutRepeats(db: Db, events: readonly TakenEvent[], { now }: Intake): Promise<TakenEvent[]> {
  const given = events.filter((event) => event.key !== event.id);
  const markOf = (event: TakenEvent): Mark => ({ tenantId: event.tenantId, kind: "event", key: event.key });
  const fresh = await takeMarks(db, given.map(markOf), now, idempotencyMs);
  return events.filter((event) => event.key === event.id || fresh.delete(markKey(markOf(event))));
}

type Start = { config: FunctionConfig; event: TakenEvent; payload: EventPayload };

/** Which functions an event starts. One that names it twice is started once. */
export function startsOf(events: readonly TakenEvent[], configs: ReadonlyMap<string, FunctionConfig>): Start[] {
  const byName = new Map<string, FunctionConfig[]>();
  for (const config of configs.values())
    for (const name of new Set(config.triggers.flatMap((trigger) => (trigger.kind === "event" ? [trigger.event] : []))))
      byName.set(name, [...(byName.get(name) ?? []), config]);
  return events.flatMap((event) => {
    const payload = payloadOf(event);
    return (byName.get(event.name) ?? [])
      .filter((config) =>
        config.triggers.some(
          (trigger) =>
            trigger.kind === "event" &&
            trigger.event === event.name &&
            (trigger.condition === undefined || holds(trigger.condition, { event: payload })),
        ),
      )
      .map((config) => ({ config, event, payload }));
  });
}

async function onlyOncePerKey(db: Db, starts: readonly Start[], { now }: Intake): Promise<Start[]> {
  const markOf = ({ config, event, payload }: Start): Mark | null => {
    // An event without the field has nothing by which it could be told from another: it runs.
    const key = config.idempotency === null ? null : givenKeyOf(config.idempotency, { event: payload });
    return key === null ? null : { tenantId: event.tenantId, kind: "idempotency", key: `${config.id}:${key}` };
  };
  const marks = starts.map(markOf);
  const fresh = await takeMarks(
    db,
    marks.filter((mark) => mark !== null),
    now,
    idempotencyMs,
  );
  return starts.filter((_, at) => {
    const mark = marks[at];
    return !mark || fresh.delete(markKey(mark));
  });
}

type Draft = {
  config: FunctionConfig;
  tenantId: string;
  events: EventPayload[];
  position: string;
  subject: NewRun["subject"];
  trigger: TriggerKind;
  parent?: NewRun["parent"];
};

/** Functions that want their events gathered get them so; for all others each event is a run. */
async function gather(db: Db, starts: readonly Start[], intake: Intake): Promise<Draft[]> {
  const drafts: Draft[] = [];
  const gathered: (Start & { key: string })[] = [];
  for (const start of starts) {
    const { config, payload } = start;
    const by = config.batch ?? config.debounce;
    if (by) gathered.push({ ...start, key: by.key === null ? "" : keyOf(by.key, { event: payload }) });
    else drafts.push(draftOf(start, [payload]));
  }
  if (gathered.length === 0) return drafts;

  const nameOf = (batch: { tenantId: string; functionId: string; key: string }) =>
    `${batch.tenantId} ${batch.functionId} ${batch.key}`;
  const keys = gathered.map(({ config, event, key }) => ({ tenantId: event.tenantId, functionId: config.id, key }));
  const uniqueKeys = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const open = new Map((await loadBatches(db, uniqueKeys)).map((batch) => [nameOf(batch), batch]));
  const full: Batch[] = [];
  for (const [at, start] of gathered.entries()) {
    const key = keys[at] as (typeof keys)[number];
    const next = joinBatch(open.get(nameOf(key)) ?? null, start, key, intake.at());
    if (next.isFull) {
      drafts.push({ ...draftOf(start, next.batch.events), position: next.batch.position });
      full.push(next.batch);
      open.delete(nameOf(key));
    } else open.set(nameOf(key), next.batch);
  }
  await dropBatches(
    db,
    full.filter((batch) => !open.has(nameOf(batch))),
  );
  await saveBatches(db, [...open.values()]);
  return drafts.sort((a, b) => Number(a.position) - Number(b.position));
}

/** What becomes of an open batch when one more event comes: it fills, or (debounce) the last one stands for all. */
export function joinBatch(
  open: Batch | null,
  { config, event, payload }: Start,
  key: { tenantId: string; functionId: string; key: string },
  at: Date,
): { batch: Batch; isFull: boolean } {
  const first = open ?? {
    ...key,
    events: [],
    position: String(event.seq),
    dueAt: addMs(at, config.batch?.timeoutMs ?? config.debounce?.periodMs ?? 0),
    deadline: config.debounce?.timeoutMs ? addMs(at, config.debounce.timeoutMs) : null,
    subject: event.subject,
  };
  if (config.debounce) {
    const later = addMs(at, config.debounce.periodMs);
    const dueAt = first.deadline && first.deadline < later ? first.deadline : later;
    return { batch: { ...first, events: [payload], dueAt }, isFull: false };
  }
  const events = [...first.events, payload];
  return { batch: { ...first, events }, isFull: events.length >= (config.batch?.maxSize ?? 1) };
}

const draftOf = ({ config, event }: Start, events: EventPayload[]): Draft => ({
  config,
  tenantId: event.tenantId,
  events,
  position: String(event.seq),
  subject: event.subject,
  trigger: event.name === "inngest/function.failed" ? "failure" : "event",
});

/** Batches whose time has come, as runs. */
export async function releaseBatches(db: Db, batches: readonly Batch[], intake: Intake): Promise<void> {
  const drafts = batches.flatMap((batch): Draft[] => {
    const config = intake.configs.get(batch.functionId);
    return config ? [{ ...batch, config, trigger: "event" }] : [];
  });
  await createRuns(db, await spread(db, drafts, intake), intake.now, intake.newId);
}

/** Draws up runs, and spreads the beginnings of functions that are throttled: for all workspaces, as slots are. */
export async function spread(db: Db, drafts: readonly Draft[], intake: Intake): Promise<NewRun[]> {
  // Batches, crons and invocations come by other ways than events, and may read the same mark at the same time.
  if (drafts.some(({ config }) => config.throttle)) await lockSlots(db);
  const markOf = (draft: Draft): Mark | null => {
    const { throttle, id } = draft.config;
    const event = draft.events[0];
    if (!throttle || !event) return null;
    return {
      tenantId: platformTenant,
      kind: "throttle",
      key: `${id}:${throttle.key === null ? "" : keyOf(throttle.key, { event })}`,
    };
  };
  const marks = drafts.map(markOf);
  const reached = await readMarks(db, [
    ...new Map(marks.filter((mark) => mark !== null).map((mark) => [markKey(mark), mark])).values(),
  ]);
  const moved = new Map<string, Mark & { at: Date }>();
  const runs = drafts.map((draft, index) => {
    const mark = marks[index];
    let dueAt: Date | null = null;
    if (mark && draft.config.throttle) {
      const passage = passThrottle(reached.get(markKey(mark)) ?? null, draft.config.throttle, intake.at());
      reached.set(markKey(mark), passage.next);
      moved.set(markKey(mark), { ...mark, at: passage.next });
      dueAt = passage.startAt;
    }
    return newRun(draft, dueAt, intake);
  });
  await writeMarks(db, [...moved.values()]);
  return runs;
}

/**
 * The generic cell rate algorithm: `next` is when the bucket would be empty again. Up to `burst` may begin at once beyond
 * the even pace; nobody is refused, later ones begin later.
 */
export function passThrottle(
  next: Date | null,
  throttle: { limit: number; periodMs: number; burst: number },
  at: Date,
): { startAt: Date | null; next: Date } {
  const apartMs = throttle.periodMs / throttle.limit;
  const from = next && next > at ? next : at;
  const startAt = addMs(from, -apartMs * Math.max(0, throttle.burst - 1));
  return { startAt: startAt > at ? startAt : null, next: addMs(from, apartMs) };
}

export function newRun(draft: Draft, dueAt: Date | null, { at, newId }: Intake): NewRun {
  const { config, events } = draft;
  const event = events[0] as EventPayload;
  const begin = dueAt ?? at();
  const ahead = config.priority === null ? 0 : priorityOf(config.priority, { event });
  return {
    tenantId: draft.tenantId,
    id: newId(),
    functionId: config.id,
    trigger: draft.trigger,
    events,
    subject: draft.subject,
    parent: draft.parent ?? null,
    dueAt,
    sortAt: addMs(begin, -1000 * ahead).toISOString(),
    position: draft.position,
    ...slotKeys(config, { event }),
    cancelledBy: cancelledBy(config, event, at()),
  };
}

/** What a run listens for all its life. */
export function cancelledBy(config: FunctionConfig, event: EventPayload, at: Date): NewRun["cancelledBy"] {
  return config.cancelOn.flatMap(({ event: eventName, condition, timeoutMs }) => {
    const match = matchOf(condition, event);
    if (match === "never") return [];
    return [{ eventName, ...match, until: timeoutMs === null ? null : addMs(at, timeoutMs) }];
  });
}

/** Runs that listened for one of these events go on with it, or end by it. A step takes the first that fits. */
async function tellWaiting(db: Db, events: readonly TakenEvent[], { now }: Intake) {
  const payloads = events.map(payloadOf);
  const found = await findWaits(
    db,
    events.map((event, at) => ({
      tenantId: event.tenantId,
      name: event.name,
      answers: answersOf(payloads[at] as EventPayload),
    })),
    now,
  );
  const fitting = found.filter(({ at, condition, events: own }) => {
    const [event] = own;
    const arrived = payloads[at];
    // A run's own event never cancels or resumes it: the wait began after it.
    if (!event || !arrived || arrived.id === event.id) return false;
    return condition === null || holds(condition, { event, async: arrived });
  });
  const resumed = new Map<string, number>();
  const cancelled = new Map<string, number>();
  if (fitting.length === 0) return { resumed, cancelled };

  // Some will end, and give their slots back: that lock comes before any row.
  if (fitting.some(({ step_id }) => step_id === "")) await lockSlots(db);
  const runs = uniqueRuns(fitting.map((wait) => ({ tenant_uuid: wait.tenant_uuid, id: wait.run_id })));
  // Those of all that end and of all that go on, and of who invoked them: once, and in one order.
  await lockRuns(db, await withParents(db, runs));
  const count = (counts: Map<string, number>, at: number) => {
    const id = events[at]?.id ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  const firstOf = new Map<string, (typeof fitting)[number]>();
  for (const wait of fitting) {
    const name = `${wait.run_id} ${wait.step_id}`;
    if (!firstOf.has(name)) firstOf.set(name, wait);
  }
  const first = [...firstOf.values()];
  const settled = await settleWaiting(
    db,
    first
      .filter(({ step_id }) => step_id !== "")
      .map((wait) => ({
        tenantId: wait.tenant_uuid,
        runId: wait.run_id,
        stepId: wait.step_id,
        output: payloads[wait.at],
      })),
    now,
  );
  for (const { id, step_id } of settled) count(resumed, firstOf.get(`${id} ${step_id}`)?.at ?? 0);
  await dropWaits(db, settled);
  await wakeRuns(db, uniqueRuns(settled), now);

  const byTenant = new Map<string, string[]>();
  for (const { tenant_uuid, run_id, step_id } of first)
    if (step_id === "") byTenant.set(tenant_uuid, [...(byTenant.get(tenant_uuid) ?? []), run_id]);
  for (const [tenantId, ids] of byTenant)
    for (const { id } of await cancelRuns(db, tenantId, ids, "cancelled_by_event", now))
      count(cancelled, firstOf.get(`${id} `)?.at ?? 0);
  return { resumed, cancelled };
}
