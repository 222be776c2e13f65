import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { uuidv7 } from "@/lib/kernel/ids";
import { CannotRun, type Context, type Measured, type Member, median, percentile } from "../measure";
import { bundleWorker } from "../prove/engine/bundle";
import { scratchDatabase } from "../scratch-database";
import { EngineProcess } from "./engine/engine-process";

/** The product's own default, so that the engine has the connections it has there. */
const pool = 10;
const backlog = 50_000;

/**
 * What the embedded engine costs beside the database it stands on: steps of three-step runs against single-row commits by
 * the same process over the same number of connections, on a database whose commits wait for the disk. Then the quiet
 * side: how soon a run begins, what an idle engine asks of the database, and whether a crowd of sleepers is felt.
 */
export const engineBench: Member = {
  name: "engine",
  about: "steps per second against bare commits, start to first step, load when idle",
  async run(ctx: Context): Promise<Measured> {
    const size = ctx.isShort
      ? { rounds: 2, bareSeconds: 1, runs: 300, starts: 30, settleMs: 3_000, idleMs: 10_000 }
      : { rounds: 5, bareSeconds: 3, runs: 2_000, starts: 200, settleMs: 12_000, idleMs: 10_000 };
    const database = await scratchDatabase("madan_sara_engine_bench", { isDurable: true, pool });
    ctx.onEnd(() => database.stop());
    const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
    ctx.onEnd(() => admin.end({ timeout: 1 }));
    await mustBeDurable(admin);
    await admin`create table bench_rows (id bigserial primary key, n int not null, word text not null)`;
    await admin`grant insert on bench_rows to madan_worker`;
    await admin`grant usage on sequence bench_rows_id_seq to madan_worker`;

    const { file, remove } = await bundleWorker(
      fileURLToPath(new URL("./engine/worker.ts", import.meta.url)),
      "bench-engine",
    );
    ctx.onEnd(remove);
    const engine = await EngineProcess.start(file, { ...database.env, BENCH_URL: database.adminUrl });
    ctx.onEnd(() => engine.stop());

    const tenantId = uuidv7();
    const starts = () => engine.order("latency", { times: size.starts, tenantId });
    await engine.order("latency", { times: 10, tenantId });
    ctx.say("at rest");
    await pause(size.settleMs);
    const idle = await transactionsPerSecond(database.adminUrl, size.idleMs);
    ctx.say("start to first step");
    const first = await starts();

    const rounds: { commits: number; steps: number; cpu: number }[] = [];
    let connections = 0;
    await engine.order("bare", { seconds: 1 });
    await engine.order("runs", { runs: 200, inOneSend: 100, tenantId: uuidv7() });
    for (let round = 0; round < size.rounds; round++) {
      const measured = { commits: 0, steps: 0, cpu: 0 };
      const bare = async () => {
        const { commits, seconds, ...rest } = await engine.order("bare", { seconds: size.bareSeconds });
        connections = rest.connections;
        measured.commits = commits / seconds;
      };
      const embedded = async () => {
        const ask = { runs: size.runs, inOneSend: 500, tenantId: uuidv7() };
        const { seconds, cpuSeconds } = await engine.order("runs", ask);
        measured.steps = (size.runs * 3) / seconds;
        measured.cpu = cpuSeconds / seconds;
      };
      // Who goes first alternates too: a machine that slows down in between must not favour one side.
      for (const side of round % 2 === 0 ? [bare, embedded] : [embedded, bare]) await side();
      rounds.push(measured);
      const said = `${Math.round(measured.commits)} commits/s, ${Math.round(measured.steps)} steps/s`;
      ctx.say(`round ${round + 1} of ${size.rounds}: ${said}`);
    }

    ctx.say(`${backlog} sleeping runs`);
    await pause(2_000);
    const without = await starts();
    await multiply(admin, (await engine.order("sleep", { tenantId: uuidv7() })).runId, backlog);
    await pause(2_000);
    const among = await starts();
    await pause(size.settleMs);
    const idleAmong = await transactionsPerSecond(database.adminUrl, size.idleMs);

    const p50 = ({ ms }: { ms: number[] }) => median(ms);
    const of = (what: "commits" | "steps" | "cpu") => median(rounds.map((round) => round[what]));
    return {
      rows: size.rounds * size.runs,
      metrics: {
        connections,
        bare_commits_per_second: of("commits"),
        steps_per_second: of("steps"),
        runs_per_second: of("steps") / 3,
        steps_ratio: median(rounds.map(({ steps, commits }) => steps / commits)),
        engine_cpu_share: of("cpu"),
        first_step_p50_ms: p50(first),
        first_step_p99_ms: percentile(first.ms, 0.99),
        send_to_first_step_p50_ms: median(first.msFromSend),
        idle_transactions_per_second: idle,
        first_step_p50_ms_without_backlog: p50(without),
        first_step_p50_ms_among_sleepers: p50(among),
        first_step_p99_ms_among_sleepers: percentile(among.ms, 0.99),
        backlog_ratio: p50(among) / p50(without),
        idle_transactions_per_second_among_sleepers: idleAmong,
      },
      bars: {
        steps_ratio: { op: ">=", bar: 0.15 },
        first_step_p50_ms: { op: "<=", bar: 20 },
        idle_transactions_per_second: { op: "<=", bar: 2 },
        idle_transactions_per_second_among_sleepers: { op: "<=", bar: 2 },
        backlog_ratio: { op: "<=", bar: 3 },
      },
      notes: [
        `one process, ${connections} connections, commits wait for the disk; ${size.rounds} alternating rounds of ` +
          `${size.bareSeconds} s and ${size.runs} runs, events in sends of 500`,
        "the process that runs the engine also makes the bare commits and says the events; its share is of one core",
      ],
    };
  },
};

async function mustBeDurable(admin: postgres.Sql): Promise<void> {
  const rows = await admin<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`;
  const off = rows.filter(({ setting }) => setting !== "on").map(({ name }) => name);
  if (off.length > 0)
    throw new CannotRun(`A bare commit would be too cheap on this database: ${off.join(", ")} is off.`);
}

/** Asked in another database, so that asking does not count. */
async function transactionsPerSecond(adminUrl: string, ms: number): Promise<number> {
  const url = new URL(adminUrl);
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  const outside = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    const count = async () => {
      const [row] = await outside<{ n: number }[]>`
        select (xact_commit + xact_rollback)::float8 as n from pg_stat_database where datname = ${name}`;
      return row?.n ?? Number.NaN;
    };
    const before = await count();
    const began = performance.now();
    await pause(ms);
    return (((await count()) - before) * 1000) / (performance.now() - began);
  } finally {
    await outside.end({ timeout: 1 });
  }
}

/** The sleeper as the engine itself wrote it, so many times. */
async function multiply(admin: postgres.Sql, runId: string, times: number): Promise<void> {
  await admin.begin(async (tx) => {
    await tx`create temporary table copies on commit drop as
      select gen_random_uuid() as id from generate_series(1, ${times}::int)`;
    for (const [table, column] of [
      ["engine_runs", "id"],
      ["engine_steps", "run_id"],
      ["engine_jobs", "run_id"],
    ] as const)
      await tx`
        insert into ${tx(table)}
        select (jsonb_populate_record(t, jsonb_build_object(${column}::text, c.id))).*
        from ${tx(table)} t cross join copies c where t.${tx(column)} = ${runId}`;
  });
  const [found] = await admin<{ n: number }[]>`select count(*)::int as n from engine_jobs`;
  if ((found?.n ?? 0) < times) throw new CannotRun("A sleeping run leaves no work behind that could be multiplied.");
  // What autovacuum does within a minute.
  for (const table of ["engine_runs", "engine_steps", "engine_jobs"]) await admin`analyze ${admin(table)}`;
}
