import { createHash } from "node:crypto";
import { Environment } from "@marcbachmann/cel-js";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import { shortKey } from "@/lib/kernel/plain-text";

/** What an expression may name: the event that started the run, and (for waits and cancellations) the one that arrived. */
export type Scope = { event: EventPayload; async?: EventPayload };

/**
 * Expressions are CEL, as at Inngest. Numbers in JSON are doubles, and nobody writes `event.data.n + 1.0`: arithmetic
 * between the two kinds of number is allowed here.
 */
const environment = new Environment({ unlistedVariablesAreDyn: true });
for (const [sign, compute] of Object.entries({
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
})) {
  const numbers = (a: number | bigint, b: number | bigint) => compute(Number(a), Number(b));
  environment.registerOperator(`double ${sign} int`, numbers);
  environment.registerOperator(`int ${sign} double`, numbers);
}
environment.registerOperator("string + double", (a: string, b: number) => a + String(b));
environment.registerOperator("string + int", (a: string, b: bigint) => a + String(b));

type Compiled = (scope: Scope) => unknown;
const compiled = new Map<string, Compiled>();
/** Expressions are written by us, so there are few; a run's own (`waitForEvent`) may carry values, so there is an end. */
const mostCompiled = 5_000;

function compile(expression: string): Compiled {
  const known = compiled.get(expression);
  if (known) return known;
  const made = environment.parse(expression) as unknown as Compiled;
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(expression, made);
  return made;
}

/** Why an expression cannot be used, or null: asked at start, so that a misspelt one is never met at three in the morning. */
export function faultOf(expression: string): string | null {
  try {
    compile(expression);
    return null;
  } catch (error) {
    return ((error as Error).message.split("\n")[0] ?? "").trim();
  }
}

/** A condition about a field that is not there is not met. */
export function holds(expression: string, scope: Scope): boolean {
  try {
    return compile(expression)(scope) === true;
  } catch {
    return false;
  }
}

/** The text of a key: what has no such field shares the empty one. However long, it fits an index. */
export function keyOf(expression: string, scope: Scope): string {
  return givenKeyOf(expression, scope) ?? "";
}

/** The text of a key, or null where the event has no such field. */
export function givenKeyOf(expression: string, scope: Scope): string | null {
  try {
    const value = compile(expression)(scope);
    if (value === null || value === undefined) return null;
    return shortKey(typeof value === "object" ? JSON.stringify(value, withBigInts) : String(value), sha256);
  } catch {
    return null;
  }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Seconds by which a run goes ahead of (or behind) others, within ten minutes. */
export function priorityOf(expression: string, scope: Scope): number {
  try {
    const value = Number(compile(expression)(scope));
    return Number.isFinite(value) ? Math.max(-600, Math.min(600, Math.trunc(value))) : 0;
  } catch {
    return 0;
  }
}

const withBigInts = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);

const equality = /^\s*(event|async)\.([\w.]+)\s*==\s*(event|async)\.([\w.]+)\s*$/;

/**
 * `event.data.id == async.data.id` is what `match` becomes and what nearly every wait asks. It is kept as `path=value`,
 * so that an index finds the one run among a hundred thousand; anything else is tried one by one.
 * "never": the run's own event lacks the field, so nothing can equal it.
 */
export function matchOf(
  expression: string | undefined,
  event: EventPayload,
): { match: string | null; condition: string | null } | "never" {
  if (expression === undefined) return { match: null, condition: null };
  const [, left, leftPath = "", right, rightPath = ""] = equality.exec(expression) ?? [];
  if (left === right) return { match: null, condition: expression };
  // Written either way round: what counts is which side is the run's own event.
  const [own, theirs] = left === "event" ? [leftPath, rightPath] : [rightPath, leftPath];
  const word = wordOf(theirs, at(event, own));
  return word === null ? "never" : { match: word, condition: null };
}

/** Every `path=value` that an arriving event answers to. Deep or wide data has its limit: ids are never that far in. */
export function answersOf(event: EventPayload): string[] {
  const answers: string[] = [];
  const walk = (value: unknown, path: string, depth: number) => {
    if (answers.length >= 500) return;
    if (typeof value !== "object" || value === null) {
      const word = wordOf(path, value);
      if (word !== null) answers.push(word);
      return;
    }
    if (depth >= 6 || Array.isArray(value)) return;
    for (const [name, inner] of Object.entries(value)) walk(inner, path ? `${path}.${name}` : name, depth + 1);
  };
  walk({ id: event.id, name: event.name, ts: event.ts, data: event.data }, "", 0);
  return answers;
}

/** A path and its value as they stand in an index, with the kind of the value: "1" is not 1. */
function wordOf(path: string, value: unknown): string | null {
  if (typeof value === "string") return shortKey(`${path}=s:${value}`, sha256);
  if (typeof value === "number" || typeof value === "boolean") return shortKey(`${path}=v:${String(value)}`, sha256);
  return null;
}

function at(event: EventPayload, path: string): unknown {
  let here: unknown = event;
  for (const name of path.split(".")) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}
