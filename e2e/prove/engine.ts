import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { closePools } from "@/db/client";
import { type Bar, CannotRun, type Context, type Measured, type Member } from "../measure";
import { scratchDatabase } from "../scratch-database";
import { bundleWorker } from "./engine/bundle";
import { faults, gather, judge } from "./engine/checks";
import { Driver } from "./engine/driver";
import { failpoints } from "./engine/failpoints";
import { appId } from "./engine/functions";
import { Stormer } from "./engine/storm";
import { makeTables } from "./engine/tables";
import { makeWorkload } from "./engine/workload";
import { runMutant } from "./mutant";

/** A result that a worker brings whose lease is gone, work that two take at once, a wake-up that comes too early. */
const mutants = [
  { mutant: "engine-fence", shows: "steps_run_after_recorded" },
  { mutant: "engine-lease", shows: "steps_run_twice_at_once" },
  { mutant: "engine-revision", shows: "runs_not_ended" },
];
const leaseMs = 1_500;

function sizeOf({ isShort, isMutant }: Context) {
  if (isMutant) return { kills: 24, pauses: 3, events: 150, patienceMs: 6_000 };
  if (isShort) return { kills: 50, pauses: 3, events: 150, patienceMs: 8_000 };
  return { kills: 1_000, pauses: 15, events: 1_700, patienceMs: 15_000 };
}

/**
 * Two processes run the engine on one database and are killed without warning, one after the other, while runs of every
 * kind are going; some of them only stand still for longer than their lease. Half of the deaths are at named failpoints.
 */
export const engine: Member = {
  name: "engine",
  about: "two workers under kill -9: every run ends, no step runs again, effects once, order holds",
  async run(ctx: Context): Promise<Measured> {
    const size = sizeOf(ctx);
    const began = performance.now();
    const database = await scratchDatabase("madan_sara_engine");
    ctx.onEnd(() => database.stop());
    Object.assign(process.env, database.env, { LOG_LEVEL: "silent" });
    ctx.onEnd(() => closePools(1));
    const admin = postgres(database.adminUrl, { max: 2, onnotice: () => {} });
    ctx.onEnd(() => admin.end({ timeout: 1 }));
    await makeTables(admin);

    const { file, remove } = await bundleWorker(
      fileURLToPath(new URL("./engine/worker.ts", import.meta.url)),
      "prove-engine",
    );
    ctx.onEnd(remove);
    const { env, adminUrl } = database;
    const workload = makeWorkload(size.events, ctx.random);
    const driver = new Driver(admin, workload, () => stormer.storm.kills / size.kills);
    const stormer = new Stormer({
      file,
      env,
      adminUrl,
      leaseMs,
      random: ctx.random,
      say: ctx.say,
      occupy: (worker) => driver.occupy(worker),
      takenOver: (worker) => driver.takenOver(worker),
      ...size,
    });
    ctx.onEnd(() => stormer.end());
    const { storm } = stormer;
    ctx.onEnd(() => driver.stop());
    driver.start();
    ctx.say(`${size.kills} kills while ${size.events} events start their runs`);
    await stormer.run();
    const stormSeconds = (performance.now() - began) / 1000;
    if (storm.crashes.length > 0)
      throw new CannotRun(`A worker ended by itself, which no test of kills can judge.\n${storm.crashes[0]}`);

    ctx.say("the storm is over; what is still going may end");
    const calm = [stormer.start(), stormer.start()];
    const isSettled = await driver.settle(size.patienceMs);
    await driver.stop();
    await Promise.all(calm.map((worker) => worker.stop()));
    const evidence = await gather(admin, appId, storm);
    const rescued = isSettled || ctx.isMutant ? 0 : await rescue(stormer, driver);
    const { metrics, said } = judge(evidence, [...workload, ...driver.longs], { diedAt: storm.diedAt, leaseMs });

    // One of each kind is enough for every day.
    const controls = ctx.isShort ? mutants.filter(({ mutant }) => mutant !== "engine-lease") : mutants;
    const verdicts = [];
    if (!ctx.isMutant)
      for (const mutant of controls) {
        ctx.say(`negative control: ${mutant.mutant}`);
        verdicts.push(await runMutant("engine", mutant));
      }
    const unproven = verdicts.filter(({ verdict }) => verdict !== "found");
    const hits = [...storm.hits.values()].reduce((sum, n) => sum + n, 0);
    const none: Bar = { op: "==", bar: 0 };
    return {
      rows: evidence.runs.length,
      metrics: {
        kills: storm.kills,
        at_failpoints: hits,
        windows_hit: storm.hits.size,
        pauses: storm.stalls.length,
        storm_seconds: stormSeconds,
        ...metrics,
        rescued_by_the_sweeper: rescued,
        ...(ctx.isMutant ? {} : { controls_red: verdicts.length - unproven.length }),
      },
      bars: {
        kills: { op: "==", bar: size.kills },
        // Half of them are aimed; of few, luck on a busy machine takes a larger share.
        at_failpoints: { op: ">=", bar: Math.floor(size.kills * (ctx.isShort ? 0.3 : 0.45)) },
        windows_hit: { op: ">=", bar: ctx.isShort ? size.kills / 5 : failpoints.length },
        // One that had nothing to do when it was to stand still is killed like any other.
        pauses: { op: ">=", bar: Math.ceil(size.pauses / 2) },
        // A storm that meets nobody at work proves nothing.
        executions_cut: { op: ">=", bar: size.kills / 10 },
        ...Object.fromEntries(faults.map((fault) => [fault, none])),
        ...(ctx.isMutant ? {} : { controls_red: { op: "==", bar: controls.length } as const }),
      },
      notes: [
        ...failpoints.map((point) => `${String(storm.hits.get(point) ?? 0).padStart(5)} deaths at: ${point}`),
        ...said,
        ...unproven.map(({ mutant, verdict, said }) => `THIS PROOF IS BROKEN: ${mutant} was ${verdict}. ${said}`),
      ],
    };
  },
};

/** Told beside the verdict, never instead of it: what stood still although nothing was missing, and what the sweeper does. */
async function rescue(stormer: Stormer, driver: Driver): Promise<number> {
  const before = await driver.open();
  await driver.age();
  const worker = stormer.start({ sweepMs: 500 });
  await driver.settle(6_000);
  await worker.stop();
  return before - (await driver.open());
}
