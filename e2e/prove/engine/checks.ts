import type postgres from "postgres";
import { biggestBatch, effectsOf, type FunctionName, keyedAtOnce, toldPerSender } from "./functions";
import type { Stall, Storm } from "./storm";
import type { Said } from "./workload";

type Run = {
  id: string;
  name: FunctionName;
  status: string;
  reason: string | null;
  /** Where a run stands that is still going. */
  stands: string | null;
  said: { n: number; index?: number }[];
};
type Execution = { run: string; step: string; call: string; worker: string; began: number; ended: number | null };
export type Evidence = {
  runs: Run[];
  executions: Execution[];
  /** When the result of a step stood in the database: once is right. */
  recorded: { run: string; step: string; at: number }[];
  effects: { run: string; step: string }[];
  stalls: Stall[];
  left: { jobs: number; leases: number; events: number; waits: number; batches: number };
};

export async function gather(admin: postgres.Sql, appId: string, storm: Storm): Promise<Evidence> {
  const ms = (column: string) => admin.unsafe(`(extract(epoch from ${column}) * 1000)::float8`);
  const runs = await admin<
    (Omit<Run, "name" | "said"> & { function_id: string; events: { data: Run["said"][0] }[] })[]
  >`
    select id, function_id, status, reason, events, case when status in ('queued', 'running') then (
      select string_agg(line, E'\\n      ' order by at) from (
        select coalesce(ended_at, started_at) as at,
               format('%s  step %s is %s', to_char(coalesce(ended_at, started_at), 'MI:SS.MS'), name, state) as line
        from engine_steps s where s.tenant_uuid = r.tenant_uuid and s.run_id = r.id
        union all
        select at, format('%s  %s job "%s" token %s revision %s attempt %s gate %s%s in %s', to_char(at, 'MI:SS.MS'), verb,
                          left(step, 6), token, revision, attempt, gate, case when is_held then ' held' end, tx)
        from proof_work w where w.run = r.id
        union all
        select began_at, format('%s  %s began on %s', to_char(began_at, 'MI:SS.MS'), step, worker)
        from proof_executions e where e.run = r.id
      ) lines
    ) end as stands
    from engine_runs r`;
  const [left] = await admin<Evidence["left"][]>`
    select (select count(*)::int from engine_jobs) as jobs,
           (select count(*)::int from engine_jobs where lease_until is not null) as leases,
           (select count(*)::int from event_outbox) as events,
           (select count(*)::int from engine_waits) as waits,
           (select count(*)::int from engine_batches) as batches`;
  if (!left) throw new Error("Nothing was counted.");
  return {
    runs: runs.map(({ id, function_id, status, reason, stands, events }) => ({
      id,
      stands,
      name: function_id.replace(`${appId}-`, "") as FunctionName,
      status,
      reason,
      said: events.map(({ data: { n, index } }) => ({ n, ...(index === undefined ? {} : { index }) })),
    })),
    executions: await admin<Execution[]>`
      select run, step, call, worker, ${ms("began_at")} as began, ${ms("ended_at")} as ended
      from proof_executions order by began_at, id`,
    recorded: await admin<Evidence["recorded"]>`select run, step, ${ms("at")} as at from proof_recorded order by id`,
    effects: await admin<Evidence["effects"]>`select run, step from proof_effects`,
    stalls: [
      ...storm.stalls,
      ...(await admin<Stall[]>`
        select worker, ${ms("from_at")} as from, ${ms("until_at")} as until from proof_stalls`),
    ],
    left,
  };
}

export type Findings = {
  metrics: Record<string, number>;
  /** The first of each kind of fault, for a person. */
  said: string[];
};

export function judge(
  evidence: Evidence,
  said: readonly Said[],
  { diedAt, leaseMs }: { diedAt: ReadonlyMap<string, number>; leaseMs: number },
): Findings {
  const { runs, left } = evidence;
  const book = new Faults();
  const lines = judgeable(evidence, leaseMs, diedAt);
  const nameOf = new Map(runs.map(({ id, name }) => [id, name]));
  const numberOf = new Map(runs.map(({ id, said: [first] }) => [id, first?.n ?? -1]));

  for (const { id, name, status, reason, stands } of runs) {
    if (status === "queued" || status === "running")
      book.add("runs_not_ended", `${name} ${id} is ${status}:\n      ${stands ?? "nothing"}`);
    else if (status !== "completed") book.add("runs_not_completed", `${name} ${id} is ${status}: ${reason}`);
  }
  recordedOnce(evidence, book);
  neverAfterItsResult(evidence, lines, book);
  neverTwiceAtOnce(lines.executions, nameOf, book);
  keyedOneAtATime(
    lines.executions.filter(({ run }) => nameOf.get(run) === "keyed"),
    said,
    numberOf,
    book,
  );
  effectsOnce(evidence, book);
  everyEventOnce(runs, said, book);
  for (const [what, count] of Object.entries({ leases_left: left.leases, work_left: total(left) - left.leases }))
    if (count > 0) book.add(what, JSON.stringify(left), count);

  return {
    metrics: {
      runs: runs.length,
      steps_recorded: evidence.recorded.length,
      executions: evidence.executions.length,
      executions_cut: evidence.executions.filter(({ ended }) => ended === null).length,
      ...book.counts(),
      begun_by_the_paused: lines.excused,
    },
    said: book.said,
  };
}

export const faults = [
  "runs_not_ended",
  "runs_not_completed",
  "steps_run_after_recorded",
  "steps_run_twice_at_once",
  "results_recorded_twice",
  "keyed_effects_wrong",
  "overlaps",
  "order_broken",
  "over_the_limit",
  "lost_events",
  "doubled_events",
  "batches_wrong",
  "leases_left",
  "work_left",
] as const;
type Fault = (typeof faults)[number];

class Faults {
  readonly said: string[] = [];
  private readonly count = new Map<string, number>();

  add(fault: Fault | string, said: string, count = 1): void {
    const before = this.count.get(fault) ?? 0;
    this.count.set(fault, before + count);
    if (before < 3) this.said.push(`${fault}: ${said}`);
  }

  counts(): Record<Fault, number> {
    return Object.fromEntries(faults.map((fault) => [fault, this.count.get(fault) ?? 0])) as Record<Fault, number>;
  }
}

const total = (left: Evidence["left"]) => Object.values(left).reduce((sum, count) => sum + count, 0);

type Lines = { executions: (Execution & { end: number })[]; excused: number };

/**
 * A process that stood still for longer than its lease cannot know, when it goes on, that its work was given to another: it
 * may begin the one step it was about to begin. What it brings must be refused, so it gets no further: a second step of the
 * same call has no excuse. And what it was doing when it stopped does not count as going on meanwhile.
 */
function judgeable({ executions, stalls }: Evidence, leaseMs: number, diedAt: ReadonlyMap<string, number>): Lines {
  const long = stalls.filter(({ from, until }) => until - from >= leaseMs / 2);
  const stallsOf = grouped(long, ({ worker }) => worker);
  const ofRun = grouped(executions, ({ run }) => run);
  const used = new Set<string>();
  const lines: Lines = { executions: [], excused: 0 };
  for (const line of executions) {
    const { worker, call, began } = line;
    const stands = stallsOf.get(worker) ?? [];
    const stall = stands.find(({ from, until }) => began > from && began < until + 1_000);
    const isTakenOver = (from: number) =>
      (ofRun.get(line.run) ?? []).some((other) => other.call !== call && other.began >= from && other.began <= began);
    if (stall && !used.has(`${call} ${stall.from}`)) {
      used.add(`${call} ${stall.from}`);
      if (isTakenOver(stall.from)) {
        lines.excused += 1;
        continue;
      }
    }
    const ended = Math.min(line.ended ?? Number.POSITIVE_INFINITY, diedAt.get(worker) ?? Number.POSITIVE_INFINITY);
    const stopped = stands.find(({ from }) => from >= began && from <= ended);
    lines.executions.push({ ...line, end: stopped?.from ?? ended });
  }
  return lines;
}

function grouped<T>(list: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}

function recordedOnce({ recorded }: Evidence, book: Faults): void {
  const seen = new Set<string>();
  for (const { run, step } of recorded) {
    const name = `${run} ${step}`;
    if (seen.has(name)) book.add("results_recorded_twice", name);
    seen.add(name);
  }
}

function neverAfterItsResult({ recorded }: Evidence, { executions }: Lines, book: Faults): void {
  const first = new Map<string, number>();
  for (const { run, step, at } of recorded) if (!first.has(`${run} ${step}`)) first.set(`${run} ${step}`, at);
  for (const { run, step, began, worker } of executions) {
    const at = first.get(`${run} ${step}`);
    if (at !== undefined && began > at)
      book.add(
        "steps_run_after_recorded",
        `${step} of ${run} on ${worker}, ${Math.round(began - at)} ms after its result`,
      );
  }
}

function neverTwiceAtOnce(executions: Lines["executions"], nameOf: ReadonlyMap<string, string>, book: Faults): void {
  const last = new Map<string, Lines["executions"][0]>();
  for (const line of executions) {
    const name = `${line.run} ${line.step}`;
    const before = last.get(name);
    if (before && before.call !== line.call && line.began < before.end)
      book.add("steps_run_twice_at_once", `${nameOf.get(line.run)} ${name} on ${before.worker} and ${line.worker}`);
    if (!before || line.end > before.end) last.set(name, line);
  }
}

/** Runs of a key one after the other, in the order of their events; and never more of them at once than the function allows. */
function keyedOneAtATime(
  executions: Lines["executions"],
  said: readonly Said[],
  numberOf: ReadonlyMap<string, number>,
  book: Faults,
): void {
  const newest = new Map<string, Lines["executions"][0]>();
  let going: Lines["executions"] = [];
  for (const line of executions) {
    const n = numberOf.get(line.run) ?? -1;
    const key = said[n]?.data.key ?? "";
    const before = newest.get(key);
    if (before && before.run !== line.run) {
      const earlier = numberOf.get(before.run) ?? -1;
      if (line.began < before.end) book.add("overlaps", `${key}: ${earlier} and ${n}`);
      if (n < earlier) book.add("order_broken", `${key}: ${line.step} of ${n} after ${before.step} of ${earlier}`);
    }
    newest.set(key, line);
    going = [...going.filter(({ end }) => end > line.began), line];
    if (going.length > keyedAtOnce) book.add("over_the_limit", `${going.length} at once`);
  }
}

function effectsOnce({ runs, effects }: Evidence, book: Faults): void {
  const done = new Map<string, string[]>();
  for (const { run, step } of effects) done.set(run, [...(done.get(run) ?? []), step]);
  for (const { id, name, status } of runs) {
    if (status !== "completed") continue;
    const have = (done.get(id) ?? []).sort().join(" ");
    const want = [...effectsOf[name]].sort().join(" ");
    if (have !== want) book.add("keyed_effects_wrong", `${name} ${id} did "${have}", not "${want}"`);
    done.delete(id);
  }
  for (const id of done.keys())
    if (!runs.some((run) => run.id === id)) book.add("keyed_effects_wrong", `${id} is no run and has effects`);
}

/** An event has its run, an invocation its child, a batched event its batch: one each. */
function everyEventOnce(runs: readonly Run[], said: readonly Said[], book: Faults): void {
  const found = new Map<string, number>();
  for (const { id, name, said: events } of runs) {
    if (name === "batch" && events.length > biggestBatch) book.add("batches_wrong", `${id} has ${events.length}`);
    for (const { n, index } of events) {
      const key = `${name} ${n} ${index ?? ""}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
  }
  const wanted = said.flatMap(({ name: event, data: { n } }) => {
    const name = event.replace("proof/", "");
    if (name === "parent") return [`parent ${n} `, `child ${n} `];
    if (name === "sender")
      return [`sender ${n} `, ...Array.from({ length: toldPerSender }, (_, index) => `told ${n} ${index}`)];
    return [`${name} ${n} `];
  });
  for (const key of wanted) {
    const times = found.get(key) ?? 0;
    if (key.startsWith("batch") && times !== 1) book.add("batches_wrong", `event ${key}is in ${times} batches`);
    else if (times === 0) book.add("lost_events", `${key}has no run`);
    else if (times > 1) book.add("doubled_events", `${key}has ${times} runs`);
    found.delete(key);
  }
  for (const key of found.keys()) book.add("doubled_events", `${key}was never sent`);
}
