import { Cron } from "croner";
import { z } from "zod";
import { durationMs } from "./duration";
import { faultOf } from "./expressions";

/** A function as it describes itself when it is asked to register; the part of it that the engine acts on. */
export type FunctionConfig = {
  id: string;
  name: string;
  triggers: Trigger[];
  /** Tries in all: the first and its repetitions. */
  tries: number;
  concurrency: Concurrency[];
  throttle: { limit: number; periodMs: number; burst: number; key: string | null } | null;
  batch: { maxSize: number; timeoutMs: number; key: string | null } | null;
  debounce: { periodMs: number; timeoutMs: number | null; key: string | null } | null;
  cancelOn: { event: string; condition?: string; timeoutMs: number | null }[];
  idempotency: string | null;
  priority: string | null;
};
export type Trigger = { kind: "event"; event: string; condition?: string } | { kind: "cron"; cron: string };
type Concurrency = { limit: number; key: string | null; scope: "fn" | "env" };

const key = z.string().nullable();
/** What the database holds may have been written by another build: what does not fit is nobody's business here. */
const Known = z.object({
  id: z.string(),
  name: z.string(),
  triggers: z.array(
    z.union([
      z.object({ kind: z.literal("event"), event: z.string(), condition: z.string().optional() }),
      z.object({ kind: z.literal("cron"), cron: z.string() }),
    ]),
  ),
  tries: z.number(),
  concurrency: z.array(z.object({ limit: z.number(), key, scope: z.enum(["fn", "env"]) })),
  throttle: z.object({ limit: z.number(), periodMs: z.number(), burst: z.number(), key }).nullable(),
  batch: z.object({ maxSize: z.number(), timeoutMs: z.number(), key }).nullable(),
  debounce: z.object({ periodMs: z.number(), timeoutMs: z.number().nullable(), key }).nullable(),
  cancelOn: z.array(
    z.object({ event: z.string(), condition: z.string().optional(), timeoutMs: z.number().nullable() }),
  ),
  idempotency: key,
  priority: key,
});

export function readKnown(config: unknown): FunctionConfig | null {
  const read = Known.safeParse(config);
  return read.success ? (read.data as FunctionConfig) : null;
}

/** Thrown at start, naming the function and the option: better no start than a promise that is silently not kept. */
export class UnsupportedFunction extends Error {
  constructor(functionId: string, option: string, why: string) {
    super(`The function "${functionId}" cannot run on the embedded engine: ${option} ${why}.`);
    this.name = "UnsupportedFunction";
  }
}

const known = new Set([
  ...["id", "name", "triggers", "steps", "idempotency", "batchEvents", "throttle", "concurrency", "debounce"],
  ...["cancel", "priority"],
]);
const most = { triggers: 10, cancelOn: 5, retries: 20, batch: 100, concurrency: 2 };
const defaultRetries = 4;

type Raw = Record<string, unknown> & { id: string };

/** `raw` is what the SDK answers to a sync. */
export function readConfigs(raw: readonly Raw[]): FunctionConfig[] {
  const configs = raw.map(readConfig);
  const seen = new Set<string>();
  for (const { id } of configs) {
    if (seen.has(id)) throw new UnsupportedFunction(id, "id", "is given to two functions");
    seen.add(id);
  }
  return configs;
}

function readConfig(raw: Raw): FunctionConfig {
  const refuse = (option: string, why: string): never => {
    throw new UnsupportedFunction(raw.id, option, why);
  };
  for (const [option, value] of Object.entries(raw))
    if (value !== undefined && value !== null && !known.has(option)) refuse(option, "is not supported");

  const expression = (option: string, text: unknown): string => {
    if (typeof text !== "string" || text.trim() === "") return refuse(option, "is not an expression");
    const fault = faultOf(text);
    return fault === null ? text : refuse(option, `is not an expression (${fault})`);
  };
  const maybe = (option: string, text: unknown) =>
    text === undefined || text === null ? null : expression(option, text);
  const duration = (option: string, text: unknown): number =>
    (typeof text === "string" ? durationMs(text) : null) ?? refuse(option, `"${String(text)}" is not a duration`);
  const whole = (option: string, value: unknown, from: number, to: number): number =>
    typeof value === "number" && Number.isInteger(value) && value >= from && value <= to
      ? value
      : refuse(option, `${String(value)} is not a whole number from ${from} to ${to}`);
  const allowOnly = (option: string, value: object, ...names: string[]) => {
    for (const [name, inner] of Object.entries(value))
      if (inner !== undefined && !names.includes(name)) refuse(`${option}.${name}`, "is not supported");
  };
  const part = (option: string) => raw[option] as Record<string, unknown> | undefined;

  const triggers = (raw.triggers as Record<string, unknown>[] | undefined) ?? [];
  if (triggers.length > most.triggers) refuse("triggers", `are more than ${most.triggers}`);
  const cancel = (raw.cancel as Record<string, unknown>[] | undefined) ?? [];
  if (cancel.length > most.cancelOn) refuse("cancelOn", `has more than ${most.cancelOn} entries`);
  const concurrency = listOf(raw.concurrency);
  if (concurrency.length > most.concurrency) refuse("concurrency", `has more than ${most.concurrency} entries`);
  const step = Object.values((raw.steps as Record<string, Record<string, unknown>> | undefined) ?? {})[0];
  const retries = (step?.retries as { attempts?: number } | undefined)?.attempts ?? defaultRetries;
  const throttle = part("throttle");
  const batch = part("batchEvents");
  const debounce = part("debounce");
  if (throttle) allowOnly("throttle", throttle, "key", "limit", "period", "burst");
  if (batch) allowOnly("batchEvents", batch, "maxSize", "timeout", "key");
  if (debounce) allowOnly("debounce", debounce, "key", "period", "timeout");
  if (batch && debounce) refuse("debounce", "and batchEvents exclude each other");
  const priority = part("priority");
  if (priority) allowOnly("priority", priority, "run");

  return {
    id: raw.id,
    name: typeof raw.name === "string" ? raw.name : raw.id,
    triggers: triggers.map((trigger): Trigger => {
      if (trigger.cron !== undefined) {
        allowOnly("triggers.cron", trigger, "cron");
        const fault = cronFault(String(trigger.cron));
        if (fault) refuse("triggers.cron", `"${String(trigger.cron)}" ${fault}`);
        return { kind: "cron", cron: String(trigger.cron) };
      }
      allowOnly("triggers", trigger, "event", "expression");
      const condition = maybe("triggers.if", trigger.expression);
      return { kind: "event", event: String(trigger.event), ...(condition === null ? {} : { condition }) };
    }),
    tries: whole("retries", retries, 0, most.retries) + 1,
    concurrency: concurrency.map(({ limit, key, scope, ...rest }) => {
      allowOnly("concurrency", rest);
      if (scope !== undefined && scope !== "fn" && scope !== "env")
        refuse("concurrency.scope", `"${String(scope)}" is not supported`);
      return {
        limit: whole("concurrency.limit", limit, 0, 1_000_000),
        key: maybe("concurrency.key", key),
        scope: scope === "env" ? "env" : "fn",
      };
    }),
    throttle: throttle
      ? {
          limit: whole("throttle.limit", throttle.limit, 1, 1_000_000),
          periodMs: duration("throttle.period", throttle.period),
          burst: throttle.burst === undefined ? 1 : whole("throttle.burst", throttle.burst, 0, 1_000_000),
          key: maybe("throttle.key", throttle.key),
        }
      : null,
    batch: batch
      ? {
          maxSize: whole("batchEvents.maxSize", batch.maxSize, 1, most.batch),
          timeoutMs: duration("batchEvents.timeout", batch.timeout),
          key: maybe("batchEvents.key", batch.key),
        }
      : null,
    debounce: debounce
      ? {
          periodMs: duration("debounce.period", debounce.period),
          timeoutMs: debounce.timeout === undefined ? null : duration("debounce.timeout", debounce.timeout),
          key: maybe("debounce.key", debounce.key),
        }
      : null,
    cancelOn: cancel.map((entry) => {
      allowOnly("cancelOn", entry, "event", "if", "timeout");
      const condition = maybe("cancelOn.if", entry.if);
      return {
        event: String(entry.event),
        ...(condition === null ? {} : { condition }),
        timeoutMs: entry.timeout === undefined ? null : duration("cancelOn.timeout", entry.timeout),
      };
    }),
    idempotency: maybe("idempotency", raw.idempotency),
    priority: priority ? maybe("priority.run", priority.run) : null,
  };
}

/** One number, one object or a list of them, as the SDK lets people write it. */
function listOf(value: unknown): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "number") return [{ limit: value }];
  return (Array.isArray(value) ? value : [value]) as Record<string, unknown>[];
}

const zoned = /^(?:CRON_TZ|TZ)=(\S+)\s+(.*)$/;

/** Five fields with an optional `TZ=Zone/City` before them. */
function parseCron(text: string): Cron {
  const [, zone, fields = text.trim()] = zoned.exec(text.trim()) ?? [];
  return new Cron(fields, { timezone: zone ?? "UTC", mode: "5-part", paused: true });
}

function cronFault(text: string): string | null {
  try {
    return parseCron(text).nextRun() === null ? "never comes" : null;
  } catch (error) {
    return `is not a schedule (${(error as Error).message.replace(/\.$/, "")})`;
  }
}

/** The tick after `from`: the same whichever process asks. */
export function nextTick(cron: string, from: Date): Date | null {
  return parseCron(cron).nextRun(from);
}
