import { setTimeout as pause } from "node:timers/promises";
import { Inngest } from "inngest";
import postgres from "postgres";
import { poolOf } from "@/db/client";
import { embeddedDoor } from "@/inngest/embedded/door";
import { startEngine } from "@/inngest/embedded/engine";

/** What the bench asks of the process in which the engine runs, and what it answers. */
export type Orders = {
  bare: { ask: { seconds: number }; answer: { commits: number; seconds: number; connections: number } };
  runs: { ask: { runs: number; inOneSend: number; tenantId: string }; answer: { seconds: number; cpuSeconds: number } };
  latency: { ask: { times: number; tenantId: string }; answer: { ms: number[]; msFromSend: number[] } };
  sleep: { ask: { tenantId: string }; answer: { runId: string } };
  /** When the first line of the first step ran that this event started, on this machine's clock. */
  firstLine: { ask: { n: number }; answer: { at: number } };
};
export type Order = keyof Orders;

const sql = postgres(process.env.BENCH_URL ?? "", { max: 1, onnotice: () => {} });
const door = embeddedDoor();
const client = new Inngest({ id: "bench", ...door.clientOptions, checkpointing: { maxRuntime: "50s" } });

const firstLines = new Map<number, number>();
const wallClock = () => performance.timeOrigin + performance.now();

const functions = [
  client.createFunction({ id: "three", triggers: [{ event: "bench/three" }], retries: 4 }, async ({ event, step }) => {
    const one = await step.run("one", () => ({ n: event.data.n as number }));
    const two = await step.run("two", () => ({ n: one.n + 1 }));
    return await step.run("three", () => ({ n: two.n + 1 }));
  }),
  client.createFunction({ id: "first", triggers: [{ event: "bench/first" }], retries: 4 }, async ({ event, step }) => {
    await step.run("first", () => {
      firstLines.set(event.data.n as number, wallClock());
    });
  }),
  client.createFunction({ id: "sleeper", triggers: [{ event: "bench/sleep" }], retries: 4 }, async ({ step }) => {
    await step.sleep("for long", "7d");
  }),
];
// As the product starts it.
const engine = await startEngine({ client, door, functions });

let said = 0;

async function firstLineOf(n: number): Promise<number> {
  for (let tries = 0; tries < 20_000; tries++) {
    const at = firstLines.get(n);
    if (at !== undefined) return at;
    await pause(0.5);
  }
  throw new Error("A run did not begin within ten seconds.");
}

const obey: { [O in Order]: (ask: Orders[O]["ask"]) => Promise<Orders[O]["answer"]> } = {
  /** The same driver, process and number of connections as the engine has: one small row, one commit, one after the other. */
  async bare({ seconds }) {
    const pool = poolOf("worker").sql;
    const connections = pool.options.max;
    const began = performance.now();
    let commits = 0;
    const one = async () => {
      while (performance.now() - began < seconds * 1000) {
        commits += 1;
        await pool`insert into bench_rows (n, word) values (${commits}, 'a small row')`;
      }
    };
    await Promise.all(Array.from({ length: connections }, one));
    return { commits, seconds: (performance.now() - began) / 1000, connections };
  },

  async runs({ runs, inOneSend, tenantId }) {
    const cpu = process.cpuUsage();
    const [before] = await sql<{ at: number }[]>`select extract(epoch from clock_timestamp())::float8 as at`;
    for (let at = 0; at < runs; at += inOneSend)
      await client.send(
        Array.from({ length: Math.min(inOneSend, runs - at) }, (_, n) => ({
          name: "bench/three",
          data: { tenantId, n: at + n },
        })),
      );
    for (;;) {
      const [now] = await sql<{ ended: number; at: number }[]>`
        select count(*)::int as ended, extract(epoch from max(ended_at))::float8 as at
        from engine_runs where tenant_uuid = ${tenantId} and status = 'completed'`;
      if (now && now.ended >= runs) {
        const { user, system } = process.cpuUsage(cpu);
        return { seconds: now.at - (before?.at ?? Number.NaN), cpuSeconds: (user + system) / 1_000_000 };
      }
      await pause(100);
    }
  },

  /** One at a time, with pauses of all lengths between them, so that nothing is still warm or due by chance. */
  async latency({ times, tenantId }) {
    const ms: number[] = [];
    const msFromSend: number[] = [];
    for (let time = 0; time < times; time++) {
      await pause(20 + ((time * 37) % 100));
      said += 1;
      const sent = wallClock();
      await client.send({ name: "bench/first", data: { tenantId, n: said } });
      const committed = wallClock();
      const first = await firstLineOf(said);
      // A run may begin before its sender is told that the event is committed.
      ms.push(Math.max(0, first - committed));
      msFromSend.push(first - sent);
    }
    return { ms, msFromSend };
  },

  async sleep({ tenantId }) {
    await client.send({ name: "bench/sleep", data: { tenantId } });
    for (let tries = 0; tries < 500; tries++) {
      const [found] = await sql<{ run_id: string }[]>`
        select run_id from engine_steps where tenant_uuid = ${tenantId} and state = 'sleeping'`;
      if (found) return { runId: found.run_id };
      await pause(20);
    }
    throw new Error("The run did not go to sleep.");
  },

  firstLine: async ({ n }) => ({ at: await firstLineOf(n) }),
};

process.on("message", async ({ order, ask }: { order: Order | "stop"; ask: never }) => {
  if (order === "stop") {
    await engine.stop();
    process.exit(0);
  }
  try {
    process.send?.({ answer: await obey[order](ask) });
  } catch (error) {
    process.send?.({ fault: String((error as Error).stack ?? error) });
  }
});
process.on("disconnect", () => process.exit(1));
process.send?.({ answer: "up" });
