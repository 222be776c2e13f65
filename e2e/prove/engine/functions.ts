import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import type postgres from "postgres";
import { fromWireId } from "@/lib/kernel/ids";
import type { Watch } from "./failpoints";

export type Tools = { sql: postgres.Sql; worker: string; at: Watch };

/** What every event of the proof carries. */
export type Data = {
  tenantId: string;
  /** The event's number in the order in which all were sent. */
  n: number;
  /** Whose turn it is, one at a time and in order. */
  key?: string;
  /** How often its second step fails before it does not. */
  fails?: number;
  napMs?: number;
  isAnswered?: boolean;
  index?: number;
};

/** What a completed run must have done, each exactly once. */
export const effectsOf = {
  line: ["one", "two", "three"],
  long: Array.from({ length: 25 }, (_, at) => `mile ${at + 1}`),
  wait: ["before", "go on"],
  fan: ["before", "a", "b", "c", "d", "join"],
  parent: ["before", "beside", "after"],
  child: ["one", "two"],
  sender: ["before", "after"],
  told: ["told"],
  keyed: ["one", "two", "three"],
  batch: ["count"],
} satisfies Record<string, readonly string[]>;
export type FunctionName = keyof typeof effectsOf;

export const appId = "proof";
export const keyedAtOnce = 5;
export const toldPerSender = 3;
export const biggestBatch = 10;

/** The functions under fire. Each of their steps leaves a line when it begins and one effect under the run's and step's name. */
export function proofFunctions(client: Inngest.Any, { sql, worker, at }: Tools): InngestFunction.Any[] {
  /** One call of a function: whatever happens in it happens in one process without a break. */
  const callOf = (runId: string) => {
    const call = randomUUID();
    const run = fromWireId("run", runId) ?? runId;
    at("call begun");
    return async (step: string, { fails = 0, lastsMs = 0 } = {}): Promise<{ run: string; step: string }> => {
      // Of this process, not the database's: the line below may be late, the beginning was now.
      const began = new Date(Date.now());
      const [line] = await sql<{ id: string; threw: number }[]>`
        insert into proof_executions (run, step, call, worker, began_at)
        values (${run}, ${step}, ${call}, ${worker}, ${began})
        returning id, (select count(*)::int from proof_executions
                       where run = ${run} and step = ${step} and outcome = 'threw') as threw`;
      if (!line) throw new Error("The execution was not written down.");
      at("step begun");
      if (line.threw < fails) {
        await sql`update proof_executions set ended_at = clock_timestamp(), outcome = 'threw' where id = ${line.id}`;
        throw new Error(`fails ${fails} times on purpose`);
      }
      if (lastsMs > 0) await pause(lastsMs);
      await sql`
        with effect as (insert into proof_effects (run, step) values (${run}, ${step}) on conflict do nothing)
        update proof_executions set ended_at = clock_timestamp(), outcome = 'done' where id = ${line.id}`;
      at("effect done");
      return { run, step };
    };
  };

  const line = client.createFunction(
    { id: "line", triggers: [{ event: "proof/line" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      await step.run("one", () => work("one"));
      // Not `sleep`: that one knows no times under a second.
      await step.sleepUntil("nap", new Date(Date.now() + event.data.napMs));
      await step.run("two", () => work("two", { fails: event.data.fails }));
      const three = await step.run("three", () => work("three"));
      at("function done");
      return three;
    },
  );

  // Long enough that who takes it over is under way when the first one comes back from its pause.
  const long = client.createFunction(
    { id: "long", triggers: [{ event: "proof/long" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      // Only while it is young: later it would stand in the way of all others.
      const lastsMs = () => (Date.now() - (event.ts ?? 0) < 8_000 ? 60 : 0);
      for (const mile of effectsOf.long) await step.run(mile, () => work(mile, { lastsMs: lastsMs() }));
      at("function done");
    },
  );

  const wait = client.createFunction(
    { id: "wait", triggers: [{ event: "proof/wait" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      const { n, isAnswered } = event.data as Data;
      await step.run("before", () => work("before"));
      const timeout = isAnswered ? "1h" : "1s";
      // Two ways to say the same: one is found by an index, the other tried one by one.
      const by = n % 2 === 0 ? { match: "data.n" } : { if: "event.data.n == async.data.n && async.data.isFinal" };
      const answer = await step.waitForEvent("answer", { event: "proof/answer", timeout, ...by });
      if ((answer?.data.n ?? null) !== (isAnswered ? n : null)) throw new Error("another run's answer, or none");
      await step.run("go on", () => work("go on"));
      at("function done");
    },
  );

  const fan = client.createFunction(
    { id: "fan", triggers: [{ event: "proof/fan" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      await step.run("before", () => work("before"));
      await Promise.all([
        step.run("a", () => work("a")),
        step.run("b", () => work("b", { fails: event.data.fails })),
        step.run("c", () => work("c")),
        step.sleep("nap", "1s").then(() => step.run("d", () => work("d"))),
      ]);
      await step.run("join", () => work("join"));
      at("function done");
    },
  );

  const child = client.createFunction(
    { id: "child", triggers: [{ event: "proof/never" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      await step.run("one", () => work("one"));
      await step.run("two", () => work("two"));
      at("function done");
      return { n: event.data.n as number };
    },
  );

  const parent = client.createFunction(
    { id: "parent", triggers: [{ event: "proof/parent" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      const { tenantId, n } = event.data as Data;
      await step.run("before", () => work("before"));
      const [answer] = await Promise.all([
        step.invoke("child", { function: child, data: { tenantId, n } }),
        step.run("beside", () => work("beside")),
      ]);
      if ((answer as { n?: number }).n !== n) throw new Error("another child's answer");
      await step.run("after", () => work("after"));
      at("function done");
    },
  );

  const sender = client.createFunction(
    { id: "sender", triggers: [{ event: "proof/sender" }], retries: 4 },
    async ({ event, step, runId }) => {
      const work = callOf(runId);
      const { tenantId, n } = event.data as Data;
      await step.run("before", () => work("before"));
      const said = Array.from({ length: toldPerSender }, (_, index) => ({
        name: "proof/told",
        data: { tenantId, n, index },
      }));
      await step.sendEvent("tell", said);
      await step.run("after", () => work("after"));
      at("function done");
    },
  );

  const told = client.createFunction(
    { id: "told", triggers: [{ event: "proof/told" }], retries: 4 },
    async ({ step, runId }) => {
      const work = callOf(runId);
      await step.run("told", () => work("told"));
      at("function done");
    },
  );

  const keyed = client.createFunction(
    {
      id: "keyed",
      triggers: [{ event: "proof/keyed" }],
      retries: 4,
      concurrency: [{ key: "event.data.key", limit: 1 }, { limit: keyedAtOnce }],
    },
    async ({ step, runId }) => {
      const work = callOf(runId);
      await step.run("one", () => work("one"));
      await step.run("two", () => work("two"));
      await step.run("three", () => work("three"));
      at("function done");
    },
  );

  const batch = client.createFunction(
    {
      id: "batch",
      triggers: [{ event: "proof/batch" }],
      retries: 4,
      batchEvents: { maxSize: biggestBatch, timeout: "1s", key: "event.data.key" },
    },
    async ({ step, runId }) => {
      const work = callOf(runId);
      await step.run("count", () => work("count"));
      at("function done");
    },
  );

  return [line, long, wait, fan, child, parent, sender, told, keyed, batch];
}
