import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  index,
  integer,
  json,
  pgPolicy,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { EventPayload, JsonError } from "@/lib/domain/engine/payloads";
import type {
  ReplayStart,
  RunReason,
  RunStatus,
  RunSubject,
  StepKind,
  StepState,
  TriggerKind,
} from "@/lib/domain/engine/vocabulary";
import { appRole, createdAt, moment, tenantId, tenantPolicy, updatedAt, workerRole } from "./columns";

/**
 * The durable engine's memory. What belongs to no workspace (crons, sweeps) carries `platformTenant`, which is nobody's.
 * Payloads are `json`, not `jsonb`: what a function returned is kept as it was written, and a NUL in a text is not refused.
 */
const ofEngine = (table: string) => [
  tenantPolicy(table),
  // The engine works for all tenants; which of them it works for now stands in the row.
  pgPolicy(`${table}_madan_worker_all`, { for: "all", to: workerRole, using: sql`true`, withCheck: sql`true` }),
];

/** The numbers that claims are made under. They never come again, not even for a row that was taken away and made anew. */
export const leaseTokens = pgSequence("lease_tokens");

/** Columns of a row that is claimed by lease (`db/queries/lease.ts`). */
const lease = () => ({
  dueAt: moment("due_at").notNull().defaultNow(),
  leaseUntil: moment("lease_until"),
  /** Another with every claim: who holds an old number may not write any more. */
  leaseToken: bigint("lease_token", { mode: "number" }).notNull().default(0),
});

/** The functions that some process of ours knows, as they described themselves at its start. */
export const engineFunctions = pgTable(
  "engine_functions",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    config: json("config").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  () => [
    pgPolicy("engine_functions_read", { for: "select", to: appRole, using: sql`true` }),
    pgPolicy("engine_functions_worker", { for: "all", to: workerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** Processes that work: the heartbeat that readiness looks at. */
export const engineWorkers = pgTable(
  "engine_workers",
  {
    id: uuid("id").primaryKey(),
    functions: text("functions").array().notNull(),
    seenAt: moment("seen_at").notNull(),
    createdAt: createdAt(),
  },
  () => [
    pgPolicy("engine_workers_read", { for: "select", to: appRole, using: sql`true` }),
    pgPolicy("engine_workers_worker", { for: "all", to: workerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** Events in the transaction of their cause: an event leaves exactly when what it tells of is committed. */
export const eventOutbox = pgTable(
  "event_outbox",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    /** The order in which events were said. */
    seq: bigserial("seq", { mode: "number" }).notNull(),
    /** The event's id as its sender knows it: the same one within 24 hours is the same event. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    data: json("data").$type<Record<string, unknown>>().notNull(),
    v: text("v"),
    occurredAt: moment("occurred_at").notNull().defaultNow(),
    subjectKind: text("subject_kind").$type<RunSubject>(),
    subjectId: uuid("subject_id"),
    attempt: integer("attempt").notNull().default(0),
    ...lease(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("event_outbox_order").on(t.seq),
    ...ofEngine("event_outbox"),
  ],
);

/** Events that were taken in: what the page shows, kept for a week. */
export const engineEvents = pgTable(
  "engine_events",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    data: json("data").$type<Record<string, unknown>>().notNull(),
    subjectKind: text("subject_kind").$type<RunSubject>(),
    subjectId: uuid("subject_id"),
    /** How many runs it started, resumed and cancelled. */
    started: integer("started").notNull().default(0),
    resumed: integer("resumed").notNull().default(0),
    cancelled: integer("cancelled").notNull().default(0),
    occurredAt: moment("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("engine_events_newest").on(t.tenantId, t.createdAt, t.id),
    index("engine_events_age").on(t.createdAt),
    ...ofEngine("engine_events"),
  ],
);

export const engineRuns = pgTable(
  "engine_runs",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    functionId: text("function_id").notNull(),
    status: text("status").$type<RunStatus>().notNull().default("queued"),
    trigger: text("trigger").$type<TriggerKind>().notNull(),
    /** What started it: one event, or a batch of them. */
    eventName: text("event_name").notNull(),
    events: json("events").$type<EventPayload[]>().notNull(),
    subjectKind: text("subject_kind").$type<RunSubject>(),
    subjectId: uuid("subject_id"),
    /** The run and the step that invoked it. */
    parentRunId: uuid("parent_run_id"),
    parentStepId: text("parent_step_id"),
    replayOf: uuid("replay_of"),
    replayFrom: text("replay_from").$type<ReplayStart>(),
    output: json("output").$type<unknown>(),
    error: json("error").$type<JsonError>(),
    reason: text("reason").$type<RunReason>(),
    /** Whose turn it is: when it was due to begin, less its priority; among equals the order of the events. */
    sortAt: moment("sort_at").notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    key1: text("key_1"),
    key2: text("key_2"),
    startedAt: moment("started_at"),
    endedAt: moment("ended_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("engine_runs_newest").on(t.tenantId, t.createdAt, t.id),
    index("engine_runs_status").on(t.tenantId, t.status, t.createdAt),
    index("engine_runs_function").on(t.tenantId, t.functionId, t.createdAt),
    index("engine_runs_subject")
      .on(t.tenantId, t.subjectKind, t.subjectId, t.createdAt)
      .where(sql`subject_id is not null`),
    index("engine_runs_replays").on(t.tenantId, t.replayOf).where(sql`replay_of is not null`),
    index("engine_runs_going").on(t.updatedAt).where(sql`ended_at is null`),
    index("engine_runs_children").on(t.tenantId, t.parentRunId).where(sql`parent_run_id is not null`),
    index("engine_runs_ended").on(t.tenantId, t.endedAt).where(sql`ended_at is not null`),
    index("engine_runs_age").on(t.endedAt).where(sql`ended_at is not null`),
    ...ofEngine("engine_runs"),
  ],
);

/** The order in which steps ended: what the SDK is told as its stack. */
export const stepOrder = pgSequence("engine_step_order");

export const engineSteps = pgTable(
  "engine_steps",
  {
    tenantId: tenantId(),
    runId: uuid("run_id").notNull(),
    /** As the SDK names it: a hash of the step's id and its place among equals. */
    id: text("id").notNull(),
    name: text("name").notNull(),
    kind: text("kind").$type<StepKind>().notNull(),
    state: text("state").$type<StepState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    output: json("output").$type<unknown>(),
    error: json("error").$type<JsonError>(),
    seq: bigint("seq", { mode: "number" }),
    /** When a sleep ends, or a wait gives up. */
    until: moment("until"),
    /** The event waited for, the function invoked. */
    detail: text("detail"),
    startedAt: moment("started_at"),
    endedAt: moment("ended_at"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.runId, t.id] }), ...ofEngine("engine_steps")],
);

/** Work to do: a call of the function (step ''), a planned step, or a time to wake at. */
export const engineJobs = pgTable(
  "engine_jobs",
  {
    tenantId: tenantId(),
    runId: uuid("run_id").notNull(),
    stepId: text("step_id").notNull().default(""),
    kind: text("kind").$type<"call" | "timer">().notNull(),
    functionId: text("function_id").notNull(),
    ...lease(),
    /** What it waits for before it may be claimed: 'time' until it is due, or the concurrency key that is full. */
    gate: text("gate"),
    key1: text("key_1"),
    key2: text("key_2"),
    sortAt: moment("sort_at").notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    attempt: integer("attempt").notNull().default(0),
    /** How often its worker died with it. */
    lost: integer("lost").notNull().default(0),
    /** Grows with everything that happens to the run meanwhile: who saw an older number must look again. */
    revision: integer("revision").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.stepId] }),
    index("engine_jobs_ready").on(t.sortAt, t.position).where(sql`gate is null`),
    index("engine_jobs_time").on(t.dueAt).where(sql`gate = 'time'`),
    index("engine_jobs_gate").on(t.gate, t.sortAt, t.position).where(sql`gate is not null and gate <> 'time'`),
    index("engine_jobs_key_1").on(t.key1).where(sql`lease_until is not null and key_1 is not null`),
    index("engine_jobs_key_2").on(t.key2).where(sql`lease_until is not null and key_2 is not null`),
    ...ofEngine("engine_jobs"),
  ],
);

/** Runs that listen for an event: to go on with a step, or (step '') to be cancelled. */
export const engineWaits = pgTable(
  "engine_waits",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    runId: uuid("run_id").notNull(),
    stepId: text("step_id").notNull().default(""),
    eventName: text("event_name").notNull(),
    /** `path=value` where the condition is an equality, so that an index finds it among a hundred thousand. */
    match: text("match"),
    condition: text("condition"),
    until: moment("until"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("engine_waits_event").on(t.tenantId, t.eventName, t.match),
    index("engine_waits_run").on(t.tenantId, t.runId),
    ...ofEngine("engine_waits"),
  ],
);

/** Events that gather before a run begins: a batch, or (debounce) only the last of them. */
export const engineBatches = pgTable(
  "engine_batches",
  {
    tenantId: tenantId(),
    functionId: text("function_id").notNull(),
    key: text("key").notNull(),
    events: json("events").$type<EventPayload[]>().notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    dueAt: moment("due_at").notNull(),
    /** A debounce puts off no longer than this. */
    deadline: moment("deadline"),
    subjectKind: text("subject_kind").$type<RunSubject>(),
    subjectId: uuid("subject_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.functionId, t.key] }),
    index("engine_batches_due").on(t.dueAt),
    ...ofEngine("engine_batches"),
  ],
);

/** A moment under a name: until when an id counts as seen, when a throttle lets the next one through, a cron's next tick. */
export const engineMarks = pgTable(
  "engine_marks",
  {
    tenantId: tenantId(),
    kind: text("kind").$type<"event" | "idempotency" | "throttle" | "cron">().notNull(),
    key: text("key").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.kind, t.key] }),
    index("engine_marks_age").on(t.kind, t.at),
    ...ofEngine("engine_marks"),
  ],
);
