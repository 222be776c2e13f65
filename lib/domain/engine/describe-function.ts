/** What a function wrote about itself at its start, read for people. What is not understood is left out, never refused. */
type FunctionWords = {
  triggers: ({ kind: "event"; event: string; condition: string | null } | { kind: "cron"; cron: string })[];
  /** Each a short sentence: "At most 5 tries". */
  limits: string[];
};

type Part = Record<string, unknown>;

export function describeFunction(config: Part): FunctionWords {
  return { triggers: triggersOf(config), limits: limitsOf(config) };
}

function triggersOf(config: Part): FunctionWords["triggers"] {
  return partsOf(config.triggers).flatMap((trigger): FunctionWords["triggers"] => {
    if (typeof trigger.cron === "string") return [{ kind: "cron", cron: trigger.cron }];
    if (typeof trigger.event !== "string") return [];
    const condition = trigger.condition ?? trigger.expression;
    return [{ kind: "event", event: trigger.event, condition: typeof condition === "string" ? condition : null }];
  });
}

function limitsOf(config: Part): string[] {
  const words: string[] = [];
  const tries = typeof config.tries === "number" ? config.tries : null;
  if (tries !== null) words.push(tries === 1 ? "One try" : `At most ${tries} tries`);
  for (const { limit, key, scope } of concurrencyOf(config.concurrency)) {
    const whose = scope === "env" ? " of all functions" : "";
    words.push(`${limit === 1 ? "One" : String(limit)} at a time${whose}${each(key)}`);
  }
  const throttle = partOf(config.throttle);
  if (throttle) {
    const burst =
      typeof throttle.burst === "number" && throttle.burst > 1 ? `, up to ${throttle.burst} more at once` : "";
    words.push(`Begins ${count(throttle.limit, "run")} in ${spanOf(throttle, "period")}${burst}${each(throttle.key)}`);
  }
  const batch = partOf(config.batch ?? config.batchEvents);
  if (batch)
    words.push(
      `Gathers ${count(batch.maxSize, "event")}, or what came in ${spanOf(batch, "timeout")}${each(batch.key)}`,
    );
  const debounce = partOf(config.debounce);
  if (debounce)
    words.push(`Waits for ${spanOf(debounce, "period")} of quiet, then takes the last event${each(debounce.key)}`);
  for (const { event } of partsOf(config.cancelOn ?? config.cancel)) words.push(`Cancelled by ${String(event)}`);
  if (typeof config.idempotency === "string") words.push(`Once in 24 hours for each ${config.idempotency}`);
  const priority = partOf(config.priority)?.run ?? config.priority;
  if (typeof priority === "string") words.push(`Goes before or after by ${priority}`);
  return words;
}

function concurrencyOf(value: unknown): Part[] {
  if (typeof value === "number") return [{ limit: value }];
  const parts = Array.isArray(value) ? value : [value];
  return parts.flatMap((each): Part[] => (typeof each === "number" ? [{ limit: each }] : partsOf([each])));
}

const partOf = (value: unknown): Part | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Part) : null;
const partsOf = (value: unknown): Part[] =>
  Array.isArray(value) ? value.map(partOf).filter((part): part is Part => part !== null) : [];
const each = (key: unknown) => (typeof key === "string" ? ` for each ${key.replace(/^event\.data\./, "")}` : "");
const count = (amount: unknown, noun: string) => (amount === 1 ? `one ${noun}` : `up to ${String(amount)} ${noun}s`);

const units: [ms: number, word: string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** `periodMs: 60000` or `period: "60s"`. */
function spanOf(part: Part, name: string): string {
  const ms = part[`${name}Ms`];
  if (typeof ms !== "number") return String(part[name] ?? "a while");
  const unit = units.find(([size]) => ms >= size && ms % size === 0);
  if (!unit) return `${ms} ms`;
  const amount = ms / unit[0];
  return amount === 1 ? `one ${unit[1]}` : `${amount} ${unit[1]}s`;
}

/**
 * A function's name as people read it. A name that somebody wrote stays; an id that stands in for one becomes words,
 * without the name of the app that leads every id.
 */
export function functionWords(id: string, name: string | null): string {
  const given = name && name !== id && /[\sA-Z]/.test(name) ? name : null;
  if (given) return given;
  const bare = (name ?? id)
    .replace(/^madan-sara-/, "")
    .replaceAll(/[-_]+/g, " ")
    .trim();
  return bare ? bare.charAt(0).toUpperCase() + bare.slice(1) : id;
}
