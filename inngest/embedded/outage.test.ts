import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { Inngest } from "inngest";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closePools } from "@/db/client";
import { asWorker } from "@/db/system";
import { type ScratchDatabase, scratchDatabase } from "@/e2e/scratch-database";
import { uuidv7 } from "@/lib/kernel/ids";
import { silent } from "./conformance/embedded-stage";
import { pause } from "./conformance/scene";
import { embeddedDoor } from "./door";
import { type Engine, startEngine } from "./engine";

/** The database goes away and comes back, and everybody may have slept for a while: nothing is lost, nothing is ended by it. */
const run = randomBytes(4).toString("hex");
const tenantId = uuidv7();
let database: ScratchDatabase;
let admin: postgres.Sql;
let engine: Engine | null = null;

beforeAll(async () => {
  database = await scratchDatabase("madan_sara_outage", { pool: 10 });
  Object.assign(process.env, database.env);
  admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
}, 120_000);
afterAll(async () => {
  await engine?.stop(1_000);
  await admin.end();
  await closePools(1);
  await database?.stop();
});

function app(id: string) {
  const door = embeddedDoor();
  const client = new Inngest({
    id: `${id}-${run}`,
    ...door.clientOptions,
    logger: silent,
    checkpointing: { maxRuntime: "50s" },
  });
  return { door, client };
}
const statuses = async (functionId: string) => {
  const rows = await admin`
    select status, count(*)::int as runs from engine_runs where function_id = ${functionId} group by status`;
  return Object.fromEntries(rows.map(({ status, runs }) => [status, runs]));
};

it("every run ends, and no step runs again once it is recorded, while connections are cut again and again", async () => {
  const { door, client } = app("cut");
  const begun = new Map<string, number>();
  const steps = ["one", "two", "three"];
  const fn = client.createFunction(
    { id: "fn", triggers: [{ event: `cut.${run}` }], retries: 2 },
    async ({ event, step }) => {
      for (const name of steps)
        await step.run(name, async () => {
          const key = `${event.data.n} ${name}`;
          begun.set(key, (begun.get(key) ?? 0) + 1);
          await pause(20);
          return name;
        });
    },
  );
  engine = await startEngine({ client, door, functions: [fn], leaseMs: 2_000, pollMs: 300, capacity: 10 });
  const runs = 60;
  await client.send(Array.from({ length: runs }, (_, n) => ({ name: `cut.${run}`, data: { tenantId, n } })));
  for (let cut = 0; cut < 12; cut++) {
    await pause(120);
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'madan_worker'`;
  }
  await expect.poll(() => statuses(`cut-${run}-fn`), { timeout: 25_000, interval: 250 }).toEqual({ completed: runs });
  const [recorded] = await admin`
    select count(*)::int as steps from engine_steps s join engine_runs r on (r.tenant_uuid, r.id) = (s.tenant_uuid, s.run_id)
    where r.function_id = ${`cut-${run}-fn`} and s.state = 'done'`;
  expect(recorded?.steps).toBe(runs * steps.length);
  expect(begun.size).toBe(runs * steps.length);
  // A step whose result did not get through runs again; one whose result is recorded does not.
  expect(Math.max(...begun.values())).toBeLessThanOrEqual(12);
  await engine.stop(2_000);
  engine = null;
}, 60_000);

it("a pause of everybody ends nothing: living work is nobody's fault", async () => {
  const { door, client } = app("lid");
  let mayGoOn = false;
  const fn = client.createFunction(
    { id: "fn", triggers: [{ event: `lid.${run}` }], retries: 0, concurrency: { limit: 1 } },
    async ({ step }) => {
      await step.run("long", async () => {
        while (!mayGoOn) await pause(50);
      });
    },
  );
  engine = await startEngine({ client, door, functions: [fn], pollMs: 200, sweepMs: 150 });
  await client.send([1, 2].map((n) => ({ name: `lid.${run}`, data: { tenantId, n } })));
  await expect.poll(() => statuses(`lid-${run}-fn`), { timeout: 8_000 }).toEqual({ running: 1, queued: 1 });
  // As it looks to the first who wakes: all work is long due, and nobody has been seen for minutes.
  await asWorker((db) => db.execute(sql`update engine_jobs set due_at = due_at - interval '20 minutes'`));
  await asWorker((db) => db.execute(sql`update engine_workers set seen_at = seen_at - interval '5 minutes'`));
  await pause(1_000);
  expect(await statuses(`lid-${run}-fn`)).toEqual({ running: 1, queued: 1 });
  mayGoOn = true;
  await expect.poll(() => statuses(`lid-${run}-fn`), { timeout: 10_000 }).toEqual({ completed: 2 });
}, 40_000);
