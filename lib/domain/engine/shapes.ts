import { z } from "zod";
import { nouns } from "@/lib/kernel/ids";
import { listOf, listQuery, wireId, wireTime } from "@/lib/kernel/wire";
import { fromWireSubject, type Subject, subjectNouns, toWireSubject } from "./subject";
import { replayStarts, runReasons, runStatuses, runSubjects, stepKinds, stepStates, triggerKinds } from "./vocabulary";

/** What crosses the wire of the engine. What functions return and events carry is theirs: it crosses as it is. */
const runId = wireId("run");
const subject = z.strictObject({ kind: z.enum(runSubjects), id: z.string() });

const wireSubject = z.codec(z.string().max(64), z.custom<Subject>(), {
  decode: (text, ctx) => {
    const subject = fromWireSubject(text);
    if (subject) return subject;
    const known = runSubjects.map((kind) => `${nouns[subjectNouns[kind]]}_…`).join(", ");
    ctx.issues.push({ code: "custom", message: `must be the id of what a run can be about (${known})`, input: text });
    return z.NEVER;
  },
  encode: toWireSubject,
});

/** Whose work it was. What works for every workspace at once is shown without what it handled. */
export const owners = ["workspace", "platform"] as const;
export type Owner = (typeof owners)[number];

export const RunState = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("running"), since: wireTime.nullable() }),
  z.strictObject({ kind: z.literal("queued"), since: wireTime }),
  z.strictObject({ kind: z.literal("slot"), limit: z.string() }),
  z.strictObject({ kind: z.literal("later"), until: wireTime }),
  z.strictObject({ kind: z.literal("retry"), at: wireTime, failed: z.number().int() }),
  z.strictObject({ kind: z.literal("sleep"), until: wireTime.nullable(), step: z.string() }),
  z.strictObject({
    kind: z.literal("event"),
    event: z.string().nullable(),
    until: wireTime.nullable(),
    step: z.string(),
  }),
  z.strictObject({
    kind: z.literal("invoke"),
    function: z.string().nullable(),
    until: wireTime.nullable(),
    step: z.string(),
  }),
]);

const runFields = {
  id: runId,
  functionId: z.string(),
  functionName: z.string(),
  status: z.enum(runStatuses),
  state: RunState.nullable().describe("What it does or waits for now; null once it has ended."),
  trigger: z.enum(triggerKinds),
  eventName: z.string(),
  subject: subject.nullable(),
  worksFor: z.enum(owners),
  parentRunId: runId.nullable(),
  replayOf: runId.nullable(),
  replayFrom: z.enum(replayStarts).nullable(),
  reason: z.enum(runReasons).nullable(),
  createdAt: wireTime,
  startedAt: wireTime.nullable(),
  endedAt: wireTime.nullable(),
};

export const Run = z.strictObject(runFields);
export type Run = z.output<typeof Run>;
export const RunList = listOf(Run);
export const RunQuery = listQuery.omit({ skip: true }).extend({
  status: z.enum(runStatuses).optional(),
  function: z.string().trim().min(1).max(200).optional().describe("The id of a function."),
  subject: wireSubject.optional().describe("The id of what the runs are about, such as ws_…"),
  search: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe("Part of a function's or an event's name, or the id of a run."),
  from: wireTime.optional(),
  until: wireTime.optional(),
  worksFor: z
    .enum(owners)
    .default("workspace")
    .describe("`platform` lists crons and sweeps, without what they handled."),
});

const JsonError = z.strictObject({
  name: z.string(),
  message: z.string(),
  stack: z.string().nullable(),
  cause: z.unknown(),
});

/** A value that is longer than this is left out of the run and fetched by itself. */
export const longValueBytes = 4096;
const isOutputLong = z.boolean().describe("The output was left out because it is long; /output answers it.");

export const RunStep = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(stepKinds),
  state: z.enum(stepStates),
  attempts: z.number().int(),
  output: z.unknown(),
  isOutputLong,
  error: JsonError.nullable(),
  until: wireTime.nullable(),
  detail: z.string().nullable().describe("The event waited for, or the function invoked."),
  startedAt: wireTime.nullable(),
  endedAt: wireTime.nullable(),
  createdAt: wireTime,
});
export type RunStep = z.output<typeof RunStep>;

const RunRef = z.strictObject({
  id: runId,
  functionName: z.string(),
  status: z.enum(runStatuses),
  parentStepId: z.string().nullable(),
  replayFrom: z.enum(replayStarts).nullable(),
  createdAt: wireTime,
});

export const RunDetail = Run.extend({
  output: z.unknown(),
  isOutputLong,
  error: JsonError.nullable(),
  parentStepId: z.string().nullable(),
  events: z.array(
    z.strictObject({
      id: z.string(),
      eventId: wireId("engineEvent").nullable().describe("Where it can be read in full, while it is kept."),
      name: z.string(),
      at: wireTime,
      data: z.unknown(),
      isDataLong: z.boolean(),
    }),
  ),
  eventCount: z.number().int(),
  steps: z.array(RunStep),
  parent: RunRef.nullable(),
  original: RunRef.nullable().describe("The run that this one replays."),
  children: z.array(RunRef),
  replays: z.array(RunRef),
});
export type RunDetail = z.output<typeof RunDetail>;

export const ReplayRequest = z.strictObject({
  from: z.enum(replayStarts).describe("`failure` keeps the results that are recorded, `beginning` keeps none."),
});
export const OutputQuery = z.strictObject({ step: z.string().max(200).optional().describe("The id of a step.") });
export const RunOutput = z.strictObject({ output: z.unknown() });

const outcome = z.strictObject({
  completed: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
});

export const RunSummary = z.strictObject({
  now: z.strictObject({
    running: z.number().int(),
    queued: z.number().int(),
    sleeping: z.number().int(),
    waiting: z.number().int(),
    isAtLeast: z.boolean().describe("There are more than were counted."),
  }),
  day: outcome.describe("What ended in the last 24 hours."),
  hours: z.array(outcome.extend({ at: wireTime })),
});
export type RunSummary = z.output<typeof RunSummary>;

export const EngineFunction = z.strictObject({
  id: z.string(),
  name: z.string(),
  triggers: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("event"), event: z.string(), condition: z.string().nullable() }),
      z.strictObject({ kind: z.literal("cron"), cron: z.string(), nextAt: wireTime.nullable() }),
    ]),
  ),
  limits: z.array(z.string()),
  worksFor: z.enum(owners),
  isServed: z.boolean().describe("A process that knows it was seen within the last minute."),
  day: outcome,
  open: z.number().int(),
  lastRun: z
    .strictObject({
      id: runId,
      status: z.enum(runStatuses),
      reason: z.enum(runReasons).nullable(),
      createdAt: wireTime,
      endedAt: wireTime.nullable(),
    })
    .nullable(),
});
export type EngineFunction = z.output<typeof EngineFunction>;
export const EngineFunctionList = z.strictObject({
  items: z.array(EngineFunction),
  nextCursor: z.null(),
  engine: z.enum(["embedded", "inngest"]).describe("With `inngest`, runs are seen on the Inngest server."),
});
export type EngineFunctionList = z.output<typeof EngineFunctionList>;

const eventFields = {
  id: wireId("engineEvent"),
  key: z.string().describe("The event's id as its sender knows it."),
  name: z.string(),
  subject: subject.nullable(),
  started: z.number().int(),
  resumed: z.number().int(),
  cancelled: z.number().int(),
  occurredAt: wireTime,
  createdAt: wireTime,
};
export const EngineEvent = z.strictObject(eventFields);
export type EngineEvent = z.output<typeof EngineEvent>;
export const EngineEventList = listOf(EngineEvent);
export const EngineEventQuery = listQuery.omit({ skip: true }).extend({
  name: z.string().trim().max(200).optional().describe("Part of the event's name."),
});
export const EngineEventDetail = EngineEvent.extend({ data: z.unknown(), runs: z.array(RunRef) });
export type EngineEventDetail = z.output<typeof EngineEventDetail>;
