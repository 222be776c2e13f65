import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * What `npm run eval`, `bench` and `prove` share. Each prints a table for people and ends with one JSON line for programs;
 * the exit code says 0 every bar holds, 1 one falls short, 2 could not run, 3 skipped because its data is not there.
 */
export const kinds = ["eval", "bench", "prove"] as const;
export type Kind = (typeof kinds)[number];

export type Bar = { op: ">=" | "<=" | "=="; bar: number };

export type Measured = {
  rows: number;
  metrics: Record<string, number>;
  /** By the metric's name. A metric without a bar is only told. */
  bars: Record<string, Bar>;
  /** What a person should see beside the figures: the rows that were wrong, the share of the load generator. */
  notes?: string[];
};

export type Context = {
  /** The file or folder to measure on, as an absolute path. */
  input: string | null;
  /** The form inside `npm test`: the same promise on less. */
  isShort: boolean;
  seed: number;
  /** The same numbers for the same seed, from 0 to below 1. */
  random(): number;
  say(line: string): void;
  /** Run when the measurement ends, however it ends; last one first. */
  onEnd(work: () => Promise<unknown> | unknown): void;
  /** True in the copy of the tree that a mutant was applied to. */
  isMutant: boolean;
};

export type Member = {
  name: string;
  about: string;
  /** Where the data lies when no path is given, from the repository's root. */
  defaultInput?: string;
  run(ctx: Context): Promise<Measured>;
};

/** Thrown by a member whose data is not on this machine. */
export class Skipped extends Error {}
/** Thrown by a member that cannot be run as asked; the message says why. */
export class CannotRun extends Error {}

export type Options = { path?: string | undefined; isShort: boolean; seed: number; isMutant: boolean };
export type Line = {
  kind: Kind;
  name: string;
  input: string | null;
  rows: number;
  skipped: boolean | string;
  metrics: Record<string, number>;
  bars: Record<string, { value: number | null } & Bar>;
  pass: boolean;
  seed: number;
  error?: string;
};
export type Outcome = { line: Line; exitCode: 0 | 1 | 2 | 3; table: string };

export async function measure(
  kind: Kind,
  member: Member,
  options: Options,
  say: (line: string) => void,
): Promise<Outcome> {
  const { name } = member;
  const input = options.path ?? member.defaultInput ?? null;
  const empty = { kind, name, input, rows: 0, skipped: false, metrics: {}, bars: {}, pass: false, seed: options.seed };
  const endings: (() => Promise<unknown> | unknown)[] = [];
  try {
    const found = input === null ? null : path.resolve(input);
    if (found !== null && !existsSync(found)) {
      if (options.path !== undefined) throw new CannotRun(`There is no ${options.path}.`);
      throw new Skipped(`${input} is not on this machine`);
    }
    const ctx: Context = {
      input: found,
      isShort: options.isShort,
      seed: options.seed,
      random: seeded(options.seed),
      say,
      onEnd: (work) => endings.push(work),
      isMutant: options.isMutant,
    };
    const { rows, metrics, bars, notes = [] } = await member.run(ctx);
    const judged = Object.fromEntries(
      Object.entries(bars).map(([metric, bar]) => [metric, { value: metrics[metric] ?? null, ...bar }]),
    );
    const pass = Object.values(judged).every(({ value, op, bar }) => holds(value, op, bar));
    const line: Line = { ...empty, rows, metrics: rounded(metrics), bars: judged, pass };
    return { line, exitCode: pass ? 0 : 1, table: tableOf(line, notes) };
  } catch (error) {
    if (error instanceof Skipped)
      return {
        line: { ...empty, skipped: error.message },
        exitCode: 3,
        table: `${kind} ${name}: SKIPPED, nothing was measured: ${error.message}\n`,
      };
    const because = error instanceof CannotRun ? error.message : String((error as Error)?.stack ?? error);
    const line: Line = { ...empty, error: because.split("\n")[0] ?? because };
    return { line, exitCode: 2, table: `${kind} ${name} could not run: ${because}\n` };
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

/** A value that was never measured holds no bar. */
export function holds(value: number | null, op: Bar["op"], bar: number): boolean {
  if (value === null || !Number.isFinite(value)) return false;
  if (op === ">=") return value >= bar;
  if (op === "<=") return value <= bar;
  return value === bar;
}

function tableOf({ kind, name, input, rows, metrics, bars, pass, seed }: Line, notes: string[]): string {
  const lines = [`${kind} ${name}${input ? ` on ${input}` : ""}: ${rows} rows, seed ${seed}`, ""];
  const width = Math.max(...Object.keys(metrics).map((metric) => metric.length), 6);
  for (const [metric, value] of Object.entries(metrics)) {
    const bar = bars[metric];
    const verdict = bar ? `  ${bar.op} ${bar.bar}  ${holds(bar.value, bar.op, bar.bar) ? "holds" : "FALLS SHORT"}` : "";
    lines.push(`  ${metric.padEnd(width)}  ${String(value).padStart(12)}${verdict}`);
  }
  for (const [metric, { value }] of Object.entries(bars))
    if (value === null) lines.push(`  ${metric.padEnd(width)}  not measured  FALLS SHORT`);
  if (notes.length > 0) lines.push("", ...notes.map((note) => `  ${note}`));
  lines.push("", `  ${pass ? "pass" : "FAIL"}`, "");
  return lines.join("\n");
}

const rounded = (metrics: Record<string, number>) =>
  Object.fromEntries(Object.entries(metrics).map(([metric, value]) => [metric, Number(value.toPrecision(6))]));

/** mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** `share` from 0 to 1, nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export type Command = {
  name: string | undefined;
  path: string | undefined;
  isShort: boolean;
  seed: number;
  isMutant: boolean;
};

export function parseCommand(args: readonly string[]): Command {
  const words: string[] = [];
  const command: Command = { name: undefined, path: undefined, isShort: false, seed: 1, isMutant: false };
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (word === "--short") command.isShort = true;
    else if (word === "--as-mutant") command.isMutant = true;
    else if (word === "--seed" || word.startsWith("--seed=")) {
      const text = word === "--seed" ? args[++at] : word.slice("--seed=".length);
      command.seed = Number(text);
      if (text === undefined || text === "" || !Number.isInteger(command.seed) || command.seed < 0)
        throw new CannotRun("--seed wants a whole number.");
    } else if (word.startsWith("--"))
      throw new CannotRun(`There is no option ${word}; there are --short and --seed N.`);
    else words.push(word);
  }
  [command.name, command.path] = words;
  if (words.length > 2) throw new CannotRun(`One name and one path, not ${words.join(" ")}.`);
  return command;
}

/** One command from its words to its exit code. `print` takes whole lines. */
export async function runCommand(
  kind: Kind,
  args: readonly string[],
  members: readonly Member[],
  print: (text: string) => void,
): Promise<number> {
  let command: Command;
  try {
    command = parseCommand(args);
  } catch (error) {
    print((error as Error).message);
    return 2;
  }
  const names = members.map(({ name, about }) => `  ${name.padEnd(16)} ${about}`).join("\n");
  if (command.name === undefined && kind === "bench") return benchAll(members, command, print);
  const member = members.find(({ name }) => name === command.name);
  if (!member) {
    const said = command.name === undefined ? "Which one?" : `There is no ${kind} "${command.name}".`;
    print(`${said} npm run ${kind} -- NAME${kind === "eval" ? " [PATH]" : ""}, with NAME one of\n${names}`);
    return 2;
  }
  const { line, exitCode, table } = await measure(kind, member, command, print);
  print(table);
  print(JSON.stringify(line));
  return exitCode;
}

async function benchAll(members: readonly Member[], command: Command, print: (text: string) => void): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const member of members) {
    const outcome = await measure("bench", member, command, print);
    outcomes.push(outcome);
    print(outcome.table);
  }
  const page = [
    "# Benchmarks",
    "",
    "Ratios of one run on one machine, medians of alternating rounds. Written by `npm run bench`.",
    "",
    "| name | metric | value | bar | |",
    "| --- | --- | --- | --- | --- |",
    ...outcomes.flatMap(({ line }) =>
      line.skipped || line.error
        ? [`| ${line.name} | | | | ${line.skipped ? `skipped: ${line.skipped}` : `could not run: ${line.error}`} |`]
        : Object.entries(line.metrics).map(([metric, value]) => {
            const bar = line.bars[metric];
            const verdict = bar ? (holds(bar.value, bar.op, bar.bar) ? "holds" : "falls short") : "";
            return `| ${line.name} | ${metric} | ${value} | ${bar ? `${bar.op} ${bar.bar}` : ""} | ${verdict} |`;
          }),
    ),
    "",
  ].join("\n");
  mkdirSync(".cache", { recursive: true });
  writeFileSync(".cache/bench.md", page);
  print("Written to .cache/bench.md");
  const worst = ([2, 1, 3] as const).find((code) => outcomes.some(({ exitCode }) => exitCode === code)) ?? 0;
  // One line for programs here too: the sum of them, each under its own name.
  const metrics = Object.assign({}, ...outcomes.map(({ line }) => prefixed(line.name, line.metrics)));
  const bars = Object.assign({}, ...outcomes.map(({ line }) => prefixed(line.name, line.bars)));
  const rows = outcomes.reduce((sum, { line }) => sum + line.rows, 0);
  const skipped = outcomes.every(({ exitCode }) => exitCode === 3);
  const pass = outcomes.every(({ exitCode }) => exitCode === 0 || exitCode === 3);
  print(
    JSON.stringify({ kind: "bench", name: "all", input: null, rows, skipped, metrics, bars, pass, seed: command.seed }),
  );
  return worst === 3 && !skipped ? 0 : worst;
}

const prefixed = (name: string, entries: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [`${name}.${key}`, value]));
