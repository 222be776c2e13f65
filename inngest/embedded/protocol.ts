import type { EventPayload, JsonError } from "@/lib/domain/engine/payloads";
import type { StepKind } from "@/lib/domain/engine/vocabulary";
import { withoutParameters } from "@/lib/log";

/** What the engine and the SDK say to each other (INNGEST.md). Pure: bodies out, readings of answers in. */

export type Memo = { id: string; output?: unknown; error?: JsonError };

/** One call of a function: everything that is known about the run so far. */
export function callBody(call: {
  runId: string;
  functionId: string;
  queueItemId: string;
  attempt: number;
  tries: number;
  /** Other steps of this run are still going, so this call must only plan and not run what it finds. */
  onlyPlan: boolean;
  events: readonly EventPayload[];
  /** In the order in which they ended. */
  memo: readonly Memo[];
}) {
  const stack = call.memo.map(({ id }) => id);
  return {
    version: -1,
    event: call.events[0],
    events: call.events,
    steps: Object.fromEntries(call.memo.map((step) => [step.id, memoShape(step)])),
    defers: {},
    use_api: false,
    ctx: {
      run_id: call.runId,
      fn_id: call.functionId,
      qi_id: call.queueItemId,
      attempt: call.attempt,
      max_attempts: call.tries,
      disable_immediate_execution: call.onlyPlan,
      use_api: false,
      env: "",
      stack: { stack, current: stack.length },
    },
  };
}

function memoShape({ output, error }: Memo) {
  return error ? { type: "error", error } : { type: "data", data: output ?? null };
}

export type Answer = { status: number; headers: Record<string, string | undefined>; body: string };

type Op = {
  op: string;
  id: string;
  name?: string;
  displayName?: string;
  opts?: Record<string, unknown> & { type?: string };
  data?: unknown;
  error?: unknown;
};

/** A step that has ended: with an error, or else with an output. */
export type SettledStep = { id: string; name: string; kind: StepKind; output?: unknown; error?: JsonError };
export type Reading = {
  settled: SettledStep[];
  planned: { id: string; name: string; kind: StepKind }[];
  sleeps: { id: string; name: string; until: string }[];
  waits: { id: string; name: string; event: string; condition?: string; timeout: string }[];
  invokes: { id: string; name: string; functionId: string; data: unknown; v?: string; timeout?: string }[];
  /** Try this call again. `step` is the one that threw; without it the function itself did. */
  retry: { error: JsonError; after: string | null; step: { id: string; name: string; kind: StepKind } | null } | null;
  end: { kind: "completed"; output: unknown } | { kind: "failed"; error: JsonError } | null;
  /** The function wants to be called again at once: it ran as long as one call may. */
  again: boolean;
  unsupported: string[];
};

const nothing = (): Reading => ({
  settled: [],
  planned: [],
  sleeps: [],
  waits: [],
  invokes: [],
  retry: null,
  end: null,
  again: false,
  unsupported: [],
});

export function readAnswer({ status, headers, body }: Answer): Reading {
  const header = (name: string) => headers[name] ?? headers[name.toLowerCase()] ?? null;
  const reading = nothing();
  const parsed = parse(body);
  if (status === 200) return { ...reading, end: { kind: "completed", output: parsed ?? null } };
  if (status === 206 && Array.isArray(parsed)) return readOps(parsed, header("retry-after"));
  const error = errorOf(parsed ?? body);
  const final = header("x-inngest-no-retry") === "true";
  if (final) return { ...reading, end: { kind: "failed", error } };
  return { ...reading, retry: { error, after: header("retry-after"), step: null } };
}

/** What the SDK has done so far, while the call goes on or at its end. */
export function readOps(ops: readonly unknown[], retryAfter: string | null = null): Reading {
  const reading = nothing();
  for (const op of ops) readOp(op as Op, reading, retryAfter);
  return reading;
}

function readOp(op: Op, into: Reading, retryAfter: string | null): void {
  const name = op.displayName ?? op.name ?? op.id;
  const step = { id: op.id, name, kind: kindOf(op) };
  const opts = op.opts ?? {};
  switch (op.op) {
    case "RunComplete":
      into.end = { kind: "completed", output: op.data ?? null };
      return;
    case "StepRun":
    case "Step":
      into.settled.push({ ...step, output: op.data ?? null });
      return;
    case "StepFailed":
      into.settled.push({ ...step, error: errorOf(op.error) });
      return;
    case "StepError":
      into.retry = { error: errorOf(op.error), after: retryAfter, step };
      return;
    case "StepPlanned":
      into.planned.push(step);
      return;
    case "Sleep":
      into.sleeps.push({ id: op.id, name, until: text(op.name) ?? text(opts.duration) ?? text(opts.until) ?? "" });
      return;
    case "WaitForEvent": {
      const condition = text(opts.if);
      into.waits.push({
        id: op.id,
        name,
        event: text(op.name) ?? text(opts.event) ?? "",
        timeout: text(opts.timeout) ?? "",
        ...(condition === null ? {} : { condition }),
      });
      return;
    }
    case "InvokeFunction": {
      const payload = (opts.payload ?? {}) as { data?: unknown; v?: string };
      const timeout = text(opts.timeout);
      into.invokes.push({
        id: op.id,
        name,
        functionId: text(opts.function_id) ?? "",
        data: payload.data ?? {},
        ...(payload.v ? { v: payload.v } : {}),
        ...(timeout === null ? {} : { timeout }),
      });
      return;
    }
    case "DiscoveryRequest":
      into.again = true;
      return;
    default:
      into.unsupported.push(op.op);
  }
}

/** What a step is to people. The SDK reports a step that it ran, whatever it was, as one kind of op. */
function kindOf(op: Pick<Op, "opts">): StepKind {
  return op.opts?.type === "step.sendEvent" ? "send" : "run";
}

const text = (value: unknown) => (typeof value === "string" ? value : null);

function parse(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const mostCauses = 3;

/**
 * Whatever was thrown, as an error that can be kept, shown and thrown again by the SDK. A database's error names every value
 * of its statement: those stay out, here as in the log.
 */
export function errorOf(given: unknown, depth = 0): JsonError {
  const clean = (said: string, most: number) => withoutParameters(said).slice(0, most);
  if (typeof given === "string") return { name: "Error", message: clean(given, 10_000) };
  if (typeof given !== "object" || given === null)
    return { name: "Error", message: "The function failed without a reason." };
  const { name, message, stack, cause, error } = given as Record<string, unknown>;
  const said = text(message) ?? text(error) ?? JSON.stringify(given);
  return {
    name: (text(name) ?? "Error").slice(0, 200),
    message: clean(said, 10_000),
    ...(typeof stack === "string" ? { stack: clean(stack, 20_000) } : {}),
    ...(cause && depth < mostCauses ? { cause: errorOf(cause, depth + 1) } : {}),
  };
}
