import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { Inngest, type InngestFunction, referenceFunction } from "inngest";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closePools } from "@/db/client";
import { replayRun } from "@/db/queries/engine/replay-run";
import { asWorker } from "@/db/system";
import { type ScratchDatabase, scratchDatabase } from "@/e2e/scratch-database";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { hourMs, minuteMs } from "@/lib/kernel/time";
import { silent } from "./conformance/embedded-stage";
import { pause } from "./conformance/scene";
import { type EmbeddedDoor, embeddedDoor } from "./door";
import { type Engine, type EngineOptions, startEngine } from "./engine";

/** Whatever comes, there is an end that can be told: refused with a reason, failed with a reason, or done right. */

const run = randomBytes(4).toString("hex");
const tenantId = uuidv7() as TenantId;
const name = (event: string) => `${event}.${run}`;

// Clocks are moved here, and engines on one database have to agree about the time.
let database: ScratchDatabase;
const engines: Engine[] = [];
beforeAll(async () => {
  database = await scratchDatabase("madan_sara_bad_inputs", { pool: 20 });
  Object.assign(process.env, database.env);
}, 120_000);
const stopAll = () => Promise.all(engines.splice(0).map((engine) => engine.stop(1_000)));
afterAll(async () => {
  await stopAll();
  await closePools(1);
  await database?.stop();
});

function makeApp(app: string) {
  const door = embeddedDoor();
  const client = new Inngest({
    id: `${app}-${run}`,
    ...door.clientOptions,
    logger: silent,
    checkpointing: { maxRuntime: "50s" },
  });
  const start = async (functions: readonly InngestFunction.Any[], options: Partial<EngineOptions> = {}) => {
    const engine = await startEngine({
      client,
      door,
      functions,
      retry: { baseMs: 30, capMs: 100, jitter: () => 0.5 },
      ...options,
    });
    engines.push(engine);
    return engine;
  };
  return { door, client, start, id: (fn: string) => `${app}-${run}-${fn}` };
}

/** What the SDK would send, without its five tries. */
async function post(door: EmbeddedDoor, body: unknown): Promise<{ status: number; error: string; ids: string[] }> {
  const fetch = door.clientOptions.fetch as typeof globalThis.fetch;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(`${door.clientOptions.baseUrl}/e/embedded`, { method: "POST", body: text });
  const { error = "", ids = [] } = (await answer.json()) as { error?: string; ids?: string[] };
  return { status: answer.status, error, ids };
}

type Run = {
  id: string;
  status: string;
  reason: string | null;
  output: unknown;
  error: { name: string; message: string } | null;
};
const runsOf = (functionId: string) =>
  asWorker(
    async (db) =>
      [
        ...(await db.execute<Run>(
          sql`select id, status, reason, output, error from engine_runs where function_id = ${functionId} order by created_at, id`,
        )),
      ] as Run[],
  );
async function ended(functionId: string, count = 1, seconds = 20): Promise<Run[]> {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const runs = await runsOf(functionId);
    const over = runs.filter(({ status }) => status !== "queued" && status !== "running");
    if (over.length >= count) return over;
    if (Date.now() > until) throw new Error(`${functionId} did not end: ${JSON.stringify(runs)}`);
    await pause(25);
  }
}
const jobsOf = (functionId: string) =>
  asWorker(
    async (db) => [...(await db.execute(sql`select 1 from engine_jobs where function_id = ${functionId}`))].length,
  );

async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 15,
  seen: () => unknown = () => "",
): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not come to be that ${what}. ${JSON.stringify(seen())}`);
    await pause(20);
  }
}

describe("events from outside", () => {
  const app = makeApp("events");
  const started: unknown[] = [];
  beforeAll(async () => {
    await app.start([
      app.client.createFunction({ id: "hears", retries: 0, triggers: [{ event: name("heard") }] }, ({ event }) => {
        started.push(event.data);
      }),
    ]);
  });

  const good = { name: name("heard"), data: { tenantId } };
  const malformed: [what: string, body: unknown, status: number, reason: RegExp][] = [
    ["no name", { data: { tenantId } }, 400, /name/],
    ["an empty name", { ...good, name: " " }, 400, /name/],
    ["a name that is no text", { ...good, name: 7 }, 400, /name/],
    ["a name that is too long", { ...good, name: "n".repeat(2_000) }, 400, /name/],
    ["a name that the database cannot keep", { ...good, name: "a\0b" }, 400, /name/],
    ["a name that is half a character", { ...good, name: "a\ud800" }, 400, /name/],
    ["the engine's own name", { ...good, name: "inngest/function.failed" }, 400, /inngest\//],
    ["data that is a text", { ...good, data: "text" }, 400, /data/],
    ["data that is a list", { ...good, data: [1] }, 400, /data/],
    ["data that is a number", { ...good, data: 1 }, 400, /data/],
    ["no data", { name: good.name }, 400, /data/],
    ["a tenant that is no uuid", { ...good, data: { tenantId: "demo" } }, 400, /tenantId/],
    ["a tenant that is a number", { ...good, data: { tenantId: 5 } }, 400, /tenantId/],
    ["a tenant that is a list with a uuid", { ...good, data: { tenantId: [tenantId] } }, 400, /tenantId/],
    ["a time that is no number", { ...good, ts: "soon" }, 400, /ts/],
    ["a time that no clock shows", { ...good, ts: 1e20 }, 400, /ts/],
    ["a time that no calendar of the database knows", { ...good, ts: -8.6e15 }, 400, /ts/],
    ["an id that is no text", { ...good, id: 5 }, 400, /id/],
    ["an id that is too long", { ...good, id: "i".repeat(5_000) }, 400, /id/],
    ["no object", "7", 400, /object/],
    ["a list in a list", [[good]], 400, /object/],
    ["a text that is no JSON", "{", 400, /./],
    ["more than 256 KiB", { ...good, data: { tenantId, text: "x".repeat(256 * 1024) } }, 413, /256 KiB/],
    ["more than 256 KiB of two-byte characters", { ...good, data: { text: "é".repeat(140_000) } }, 413, /256 KiB/],
    ["5,001 of them", Array.from({ length: 5_001 }, () => good), 413, /5,?000/],
    ["a good one beside a bad one", [good, good, { ...good, data: 1 }], 400, /event 3/],
  ];
  it.each(malformed)("%s: refused with the reason", async (_, body, status, reason) => {
    const answer = await post(app.door, body);
    expect(answer).toMatchObject({ status, error: expect.stringMatching(reason), ids: [] });
    expect(answer.error.length).toBeLessThan(1_000);
  });

  it("nothing of what was refused is ever taken", async () => {
    await app.client.send({ ...good, data: { tenantId, last: true } });
    await until("the good event is heard", () => started.length > 0);
    await pause(300);
    expect(started).toEqual([{ tenantId, last: true }]);
  });

  it("who sends one is told by an error with the reason", async () => {
    await expect(app.client.send({ ...good, data: { tenantId: "demo" } })).rejects.toThrow(/400.*tenantId/);
  });

  it("data as deep as it is wide is refused or taken, and the engine goes on", async () => {
    const nested = (depth: number) =>
      `{"name":"${name("deep")}","data":{"d":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
    for (const depth of [1_000, 20_000, 100_000]) {
      const { status } = await post(app.door, nested(depth));
      expect([200, 400]).toContain(status);
    }
    const before = started.length;
    await app.client.send(good);
    await until("the next event is heard", () => started.length > before);
  });

  it("an event of nearly 256 KiB and 5,000 events at once are taken", async () => {
    const big = { name: name("nobody"), data: { tenantId, text: "x".repeat(255 * 1024) } };
    expect((await post(app.door, big)).status).toBe(200);
    const many = Array.from({ length: 5_000 }, (_, n) => ({ name: name("nobody"), data: { tenantId, n } }));
    const { status, ids } = await post(app.door, many);
    expect([status, new Set(ids).size]).toEqual([200, 5_000]);
  }, 30_000);

  it("markup, prototypes and odd characters arrive as they were sent and do nothing", async () => {
    const before = started.length;
    const data = `{"tenantId":"${tenantId}","text":"<script>alert(1)</script>'; drop table engine_runs; --","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"nul":"a\\u0000b","half":"\\ud800","\\u0000":"key"}`;
    expect(await post(app.door, `{"name":"${name("heard")}","data":${data}}`)).toMatchObject({ status: 200 });
    await until("it is heard", () => started.length > before);
    const heard = started.at(-1) as Record<string, unknown>;
    expect(heard.text).toBe("<script>alert(1)</script>'; drop table engine_runs; --");
    expect(heard.nul).toBe("a\0b");
    expect(heard.half).toBe("\ud800");
    expect(heard["\0"]).toBe("key");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(heard)).toBe(Object.prototype);
  });
});

describe("what functions throw and return", () => {
  const app = makeApp("odd");
  const failed = new Map<string, { name: string; message: string }>();
  const throwers: Record<string, { thrown: () => unknown; says: RegExp }> = {
    text: { thrown: () => "just text", says: /just text/ },
    nothing: { thrown: () => undefined, says: /./ },
    null: { thrown: () => null, says: /./ },
    object: { thrown: () => ({ code: 42, why: "object" }), says: /42/ },
    number: { thrown: () => 13, says: /13/ },
    frozen: { thrown: () => Object.freeze(new Error("frozen")), says: /frozen/ },
    cyclic: {
      thrown: () => {
        const error = new Error("round and round") as Error & { cause: unknown };
        error.cause = error;
        return error;
      },
      says: /./,
    },
    silent: { thrown: () => new Error(""), says: /./ },
    nul: { thrown: () => new Error("a\0b\ud800c"), says: /b/ },
    long: { thrown: () => new Error("x".repeat(2_000_000)), says: /xxx/ },
  };
  const throwing = Object.entries(throwers).flatMap(([what, { thrown }]) => {
    const onFailure = (id: string) => (given: { error: Error }) => {
      failed.set(id, { name: given.error.name, message: given.error.message });
    };
    const options = (id: string) => ({
      id,
      retries: 0 as const,
      triggers: [{ event: name(`throw.${what}`) }],
      onFailure: onFailure(id),
    });
    return [
      app.client.createFunction(options(`body-${what}`), () => {
        throw thrown();
      }),
      app.client.createFunction(options(`step-${what}`), async ({ step }) => {
        await step.run("throws", () => {
          throw thrown();
        });
      }),
    ];
  });

  class Point {
    constructor(
      readonly x: number,
      private readonly secret = () => 1,
    ) {}
    get double() {
      return this.x * 2 + this.secret();
    }
  }
  const cyclic = () => {
    const here: Record<string, unknown> = { n: 1 };
    here.self = here;
    return here;
  };
  const returned: Record<string, { value: () => unknown; arrives: unknown }> = {
    nan: { value: () => ({ n: Number.NaN, i: Number.POSITIVE_INFINITY }), arrives: { n: null, i: null } },
    map: { value: () => ({ m: new Map([["a", 1]]), s: new Set([1]) }), arrives: { m: {}, s: {} } },
    instance: { value: () => new Point(3), arrives: { x: 3 } },
    bigint: { value: () => ({ big: 10n, n: 1 }), arrives: { n: 1 } },
    inside: {
      value: () => ({ f: () => 1, s: Symbol("s"), list: [() => 1, Symbol("t")] }),
      arrives: { list: [null, null] },
    },
    nul: {
      value: () => ({ text: "a\0b", half: "\ud800", "\0": "key" }),
      arrives: { text: "a\0b", half: "\ud800", "\0": "key" },
    },
    cyclic: { value: cyclic, arrives: { n: 1, self: expect.stringContaining("Circular") } },
    date: { value: () => new Date(0), arrives: "1970-01-01T00:00:00.000Z" },
    prototype: {
      value: () => JSON.parse('{"__proto__":{"polluted":1},"a":1}'),
      arrives: expect.objectContaining({ a: 1 }),
    },
  };
  const arrived = new Map<string, unknown>();
  const returning = Object.entries(returned).map(([what, { value }]) =>
    app.client.createFunction(
      { id: `return-${what}`, retries: 0, triggers: [{ event: name("return") }] },
      async ({ step }) => {
        await step.run("gives", value);
        await step.sleep("so that it is read back", "1s");
        arrived.set(what, await step.run("gives again", value));
        return arrived.get(what);
      },
    ),
  );
  const unsayable: Record<string, () => unknown> = {
    bigint: () => 10n,
    function: () => () => 1,
    symbol: () => Symbol("s"),
  };
  const mute = Object.entries(unsayable).map(([what, value]) =>
    app.client.createFunction(
      { id: `mute-${what}`, retries: 1, triggers: [{ event: name("mute") }] },
      async ({ step }) => {
        await step.run("gives", value);
        return "done";
      },
    ),
  );
  // What a function itself returns is said by another part of the SDK, which knows less than its steps do.
  const results = { ...unsayable, cyclic, inside: () => ({ big: 10n }) };
  const answering = Object.entries(results).map(([what, value]) =>
    app.client.createFunction({ id: `answer-${what}`, retries: 1, triggers: [{ event: name("mute") }] }, value),
  );
  const deep = app.client.createFunction(
    { id: "deep", retries: 0, triggers: [{ event: name("deep-output") }] },
    async ({ step, event }) => {
      await step.run("gives", () => {
        let value: unknown = 1;
        for (let i = 0; i < event.data.depth; i++) value = [value];
        return value;
      });
      return "done";
    },
  );
  const same = app.client.createFunction(
    { id: "same", retries: 0, triggers: [{ event: name("same") }] },
    async ({ step }) => {
      const seen: number[] = [];
      for (let i = 0; i < 3; i++) seen.push(await step.run("same", () => i));
      const beside = await Promise.all([7, 8, 9].map((n) => step.run("same", () => n)));
      await step.sleep("same", "1s");
      return [...seen, ...beside, await step.run("same", () => 10)];
    },
  );
  const named = app.client.createFunction(
    { id: "named", retries: 0, triggers: [{ event: name("named") }] },
    async ({ step }) => {
      const names = ["a\0b", "\ud800", "n".repeat(5_000), "<b>", "__proto__", " "];
      const all: string[] = [];
      for (const [i, id] of names.entries()) all.push(await step.run(id, () => String(i)));
      await step.sleep("\0", "1s");
      await step.waitForEvent("\0wait\ud800", { event: "no\0where\ud800", timeout: "1s" });
      return all.join("");
    },
  );

  beforeAll(async () => {
    await app.start([...throwing, ...returning, ...mute, ...answering, deep, same, named], { sweepMs: 500 });
  });

  it.each(Object.keys(throwers))(
    "a function that throws (%s) fails with a reason, and its handler is told",
    async (what) => {
      await app.client.send({ name: name(`throw.${what}`), data: { tenantId } });
      const [body] = await ended(app.id(`body-${what}`));
      expect(body).toMatchObject({ status: "failed", reason: "function_error" });
      expect(body?.error?.message).toMatch(throwers[what]?.says ?? /./);
      expect(body?.error?.message.length).toBeLessThan(20_000);
      const [step] = await ended(app.id(`step-${what}`));
      // The SDK takes a step that throws nothing at all for one that returned nothing.
      if (what === "nothing" || what === "null") expect(step?.status).toMatch(/completed|failed/);
      else {
        expect(step).toMatchObject({ status: "failed", reason: "function_error" });
        expect(step?.error?.message).toMatch(throwers[what]?.says ?? /./);
      }
      await until("the handler is told", () => failed.has(`body-${what}`));
      expect(await jobsOf(app.id(`body-${what}`))).toBe(0);
      expect(await jobsOf(app.id(`step-${what}`))).toBe(0);
    },
  );

  it("what a step returns is kept as JSON would say it", async () => {
    await app.client.send({ name: name("return"), data: { tenantId } });
    for (const [what, { arrives }] of Object.entries(returned)) {
      const [over] = await ended(app.id(`return-${what}`));
      expect({ what, status: over?.status, error: over?.error }).toEqual({ what, status: "completed", error: null });
      expect({ what, value: arrived.get(what) }).toEqual({ what, value: arrives });
      expect({ what, value: over?.output }).toEqual({ what, value: arrives });
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("what JSON cannot say at all ends the run, one way or the other", async () => {
    await app.client.send({ name: name("mute"), data: { tenantId } });
    const ids = [
      ...Object.keys(unsayable).map((what) => `mute-${what}`),
      ...Object.keys(results).map((what) => `answer-${what}`),
    ];
    for (const id of ids) {
      const [over] = await ended(app.id(id));
      expect(over?.status).toMatch(/completed|failed/);
      if (over?.status === "failed") expect(over).toMatchObject({ reason: "function_error", error: { message: /./ } });
    }
  });

  it("an output that is too deep for the database ends the run, and the engine goes on", async () => {
    const depths = [500, 3_000, 20_000];
    for (const depth of depths) await app.client.send({ name: name("deep-output"), data: { tenantId, depth } });
    for (const over of await ended(app.id("deep"), depths.length)) expect(over.status).toMatch(/completed|failed/);
  }, 30_000);

  it("steps of one id, in a loop, in parallel and beside a sleep of that id, are told apart", async () => {
    await app.client.send({ name: name("same"), data: { tenantId } });
    expect(await ended(app.id("same"))).toMatchObject([{ status: "completed", output: [0, 1, 2, 7, 8, 9, 10] }]);
  });

  it("step ids and event names that the database cannot keep as they are do no harm", async () => {
    await app.client.send({ name: name("named"), data: { tenantId } });
    expect(await ended(app.id("named"))).toMatchObject([{ status: "completed", output: "012345" }]);
  });
});

describe("keys and conditions that meet what they did not expect", () => {
  const app = makeApp("keys");
  const seen: Record<string, unknown[]> = {
    key: [],
    order: [],
    once: [],
    throttle: [],
    batch: [],
    debounce: [],
    if: [],
  };
  const on = (event: string) => ({ retries: 0 as const, triggers: [{ event: name(event) }] as [{ event: string }] });
  const note = (what: string, value: unknown) => {
    seen[what]?.push(value);
  };
  const functions = [
    app.client.createFunction(
      {
        id: "key",
        ...on("key"),
        concurrency: [{ key: "event.data.key", limit: 1 }],
        priority: { run: "event.data.rank" },
      },
      ({ event }) => note("key", event.data.n),
    ),
    app.client.createFunction({ id: "once", ...on("key"), idempotency: "event.data.key" }, ({ event }) =>
      note("once", event.data.n),
    ),
    app.client.createFunction(
      { id: "throttle", ...on("key"), throttle: { limit: 100, period: "1s", burst: 100, key: "event.data.key" } },
      ({ event }) => note("throttle", event.data.n),
    ),
    app.client.createFunction(
      { id: "batch", ...on("key"), batchEvents: { maxSize: 10, timeout: "1s", key: "event.data.key" } },
      ({ events }) => note("batch", events.length),
    ),
    app.client.createFunction(
      { id: "debounce", ...on("key"), debounce: { period: "1s", key: "event.data.key" } },
      ({ event }) => note("debounce", event.data.n),
    ),
    app.client.createFunction(
      {
        id: "if",
        retries: 0,
        triggers: [{ event: name("key"), if: "event.data.deep.er.value > 3 && event.data.key.size() > 1" }],
      },
      ({ event }) => note("if", event.data.n),
    ),
    app.client.createFunction({ id: "long", ...on("long") }, async ({ step }) => {
      const answer = await step.waitForEvent("same", { event: name("answer"), timeout: "5s", match: "data.id" });
      return answer?.data.right === true;
    }),
    app.client.createFunction({ id: "wait", ...on("wait") }, async ({ step }) => {
      const options = { event: name("answer"), timeout: "2s" } as const;
      const [match, condition, broken] = await Promise.all([
        step.waitForEvent("match", { ...options, match: "data.missing.field" }),
        step.waitForEvent("condition", { ...options, if: "async.data.missing.field == event.data.id" }),
        step.waitForEvent("broken", { ...options, if: "async.data.id ==== (" }).catch((error: Error) => error.message),
      ]);
      return { match, condition, broken: broken === null ? null : "refused" };
    }),
  ];
  beforeAll(async () => {
    await app.start(functions, { sweepMs: 500 });
  });

  // The last two differ only where a careless engine would have stopped reading.
  const odd = [
    "a\0b",
    "\ud800",
    "",
    null,
    { a: 1 },
    [1, 2],
    1.5,
    true,
    `${"k".repeat(3_000)}1`,
    `${"k".repeat(3_000)}2`,
  ];
  it("odd keys keep apart what is apart, and nothing is lost", async () => {
    const data = odd.map((key, n) => ({ tenantId, key, n, rank: n % 2 ? "high" : 1e300 }));
    await app.client.send(data.map((one) => ({ name: name("key"), data: one })));
    await until("all have run", () => seen.key?.length === odd.length && seen.throttle?.length === odd.length);
    await until("the batches are over", () => (seen.batch as number[]).reduce((sum, n) => sum + n, 0) === odd.length);
    const numbers = odd.map((_, n) => n);
    expect((seen.key as number[]).toSorted((a, b) => a - b)).toEqual(numbers);
    expect((seen.throttle as number[]).toSorted((a, b) => a - b)).toEqual(numbers);
    // An empty key and none may count as one.
    for (const what of ["once", "debounce"])
      await until(`"${what}" has run for each`, () => new Set(seen[what]).size >= odd.length - 1, 5);
    expect(seen.once).toEqual(expect.arrayContaining([8, 9]));
    expect(seen.debounce).toEqual(expect.arrayContaining([8, 9]));
  }, 30_000);

  it("a condition about a field that is not there is not met, and others of the same event run", async () => {
    const before = seen.key?.length ?? 0;
    await app.client.send({ name: name("key"), data: { tenantId, key: "if", n: 100, deep: { er: { value: 4 } } } });
    await until("it ran", () => (seen.if as number[]).includes(100));
    expect(seen.if).toEqual([100]);
    await until("the other ran", () => (seen.key?.length ?? 0) > before);
  });

  it("a wait for the same long text is answered, and one for a text that begins the same is not", async () => {
    const text = "k".repeat(3_000);
    await app.client.send({ name: name("long"), data: { tenantId, id: `${text}1` } });
    await pause(700);
    await app.client.send({ name: name("answer"), data: { tenantId, id: `${text}2` } });
    await app.client.send({ name: name("answer"), data: { tenantId, id: `${text}1`, right: true } });
    expect(await ended(app.id("long"))).toMatchObject([{ status: "completed", output: true }]);
  });

  it("waits on a field that nobody has are never answered, and a condition that is none does not hang", async () => {
    await app.client.send({ name: name("wait"), data: { tenantId, id: "x" } });
    await pause(700);
    await app.client.send({ name: name("answer"), data: { tenantId, id: "x" } });
    await app.client.send({ name: name("answer"), data: { tenantId } });
    const [over] = await ended(app.id("wait"));
    if (over?.status === "failed")
      expect(over).toMatchObject({ reason: expect.stringMatching(/unsupported|function_error/) });
    else expect(over?.output).toMatchObject({ match: null, condition: null });
  });
});

describe("too much of it", () => {
  const app = makeApp("much");
  const on = (event: string) => ({ retries: 0 as const, triggers: [{ event: name(event) }] as [{ event: string }] });
  const megabytes = (n: number) => "x".repeat(n * 1024 * 1024);
  const functions = [
    app.client.createFunction(
      { id: "steps", ...on("steps"), checkpointing: { bufferedSteps: 100 } },
      async ({ step, event }) => {
        for (let i = 0; i < event.data.count; i++) await step.run(`s${i}`, () => null);
        return "done";
      },
    ),
    app.client.createFunction({ id: "planned", ...on("planned") }, async ({ step }) => {
      await Promise.all(Array.from({ length: 1_001 }, (_, i) => step.run(`s${i}`, () => null)));
      return "done";
    }),
    app.client.createFunction({ id: "output", ...on("output") }, async ({ step }) => {
      await step.run("big", () => megabytes(5));
      return "done";
    }),
    app.client.createFunction({ id: "beside", ...on("output") }, async ({ step }) => {
      await Promise.all([step.run("big", () => megabytes(5)), step.run("small", () => 1)]);
      return "done";
    }),
    app.client.createFunction({ id: "result", ...on("output") }, () => megabytes(5)),
    app.client.createFunction({ id: "sum", ...on("sum") }, async ({ step }) => {
      for (let i = 0; i < 10; i++) await step.run(`part ${i}`, () => megabytes(3.9));
      await step.sleep("so that it is called again", "1s");
      return "done";
    }),
    app.client.createFunction({ id: "invoked", ...on("never") }, () => "fine"),
    app.client.createFunction({ id: "invokes", ...on("invokes") }, async ({ step }) => {
      const big = { tenantId, text: megabytes(1) };
      return step.invoke("big", { function: referenceFunction({ functionId: "invoked" }), data: big });
    }),
    app.client.createFunction({ id: "unknown", ...on("unknown") }, async ({ step }) => {
      return step.invoke("nobody", { function: referenceFunction({ functionId: "nobody" }), data: { tenantId } });
    }),
    app.client.createFunction({ id: "sends", ...on("sends") }, async ({ step, event }) => {
      const events: Record<string, object> = {
        name: { name: "", data: {} },
        tenant: { name: name("nobody"), data: { tenantId: "demo" } },
        size: { name: name("nobody"), data: { text: megabytes(0.3) } },
        own: { name: "inngest/function.failed", data: {} },
      };
      await step.sendEvent("bad", events[event.data.what] as { name: string });
      return "done";
    }),
  ];
  beforeAll(async () => {
    await app.start(functions, { sweepMs: 500 });
  });
  const send = (event: string, data: object = {}) =>
    app.client.send({ name: name(event), data: { tenantId, ...data } });

  it("1,000 steps are allowed and 1,001 are not, one after the other or at once", async () => {
    await send("steps", { count: 1_000 });
    await send("planned");
    expect(await ended(app.id("steps"), 1, 60)).toMatchObject([{ status: "completed", output: "done" }]);
    expect(await ended(app.id("planned"), 1, 60)).toMatchObject([{ status: "failed", reason: "over_limit" }]);
    await send("steps", { count: 1_001 });
    const [, over] = await ended(app.id("steps"), 2, 60);
    expect(over).toMatchObject({ status: "failed", reason: "over_limit", error: { message: /1,000 steps/ } });
  }, 120_000);

  it("an output over 4 MB fails the run, wherever it comes from", async () => {
    await send("output");
    for (const id of ["output", "beside", "result"])
      expect(await ended(app.id(id))).toMatchObject([
        { status: "failed", reason: "over_limit", error: { message: expect.stringContaining("4 MB") } },
      ]);
  }, 40_000);

  it("a run whose steps hold more than 32 MB fails", async () => {
    await send("sum");
    expect(await ended(app.id("sum"), 1, 40)).toMatchObject([{ status: "failed", reason: "over_limit" }]);
  }, 50_000);

  it("an invocation with more than an event may hold, or of nobody, ends", async () => {
    await send("invokes");
    await send("unknown");
    const [big] = await ended(app.id("invokes"));
    expect(big?.status).toMatch(/completed|failed/);
    expect(await ended(app.id("unknown"))).toMatchObject([
      { status: "failed", error: { message: expect.stringContaining("nobody") } },
    ]);
  });

  it("an event that cannot be sent fails the step that sends it, with the reason", async () => {
    const reasons = { name: /name/, tenant: /tenantId/, size: /256 KiB/, own: /inngest\// };
    const whats = Object.keys(reasons);
    for (const what of whats) await send("sends", { what });
    const over = await ended(app.id("sends"), whats.length);
    expect(over.every(({ status, reason }) => status === "failed" && reason === "function_error")).toBe(true);
    const messages = over.map(({ error }) => error?.message ?? "").join("\n");
    for (const reason of Object.values(reasons)) expect(messages).toMatch(reason);
  }, 30_000);
});

describe("a call that does not end", () => {
  it("is given up after its time, tried again and then failed as too slow, and the engine goes on", async () => {
    const app = makeApp("slow");
    let calls = 0;
    const on = (event: string) => ({ triggers: [{ event: name(event) }] });
    await app.start(
      [
        app.client.createFunction({ id: "step", retries: 1, ...on("hang") }, async ({ step }) => {
          calls += 1;
          await step.run("hangs", () => new Promise(() => {}));
        }),
        app.client.createFunction({ id: "body", retries: 0, ...on("hang") }, () => new Promise<void>(() => {})),
        app.client.createFunction({ id: "fine", retries: 0, ...on("fine") }, () => "fine"),
      ],
      { callTimeoutMs: 600, capacity: 2 },
    );
    await app.client.send({ name: name("hang"), data: { tenantId } });
    for (const id of ["step", "body"])
      expect(await ended(app.id(id))).toMatchObject([
        { status: "failed", reason: "too_slow", error: { message: /./ } },
      ]);
    expect(calls).toBe(2);
    // Their places are free again.
    await app.client.send({ name: name("fine"), data: { tenantId } });
    expect(await ended(app.id("fine"))).toMatchObject([{ status: "completed" }]);
  }, 30_000);
});

describe("a call that ends too late", () => {
  it("does nothing more: the step after belongs to the call that took its place", async () => {
    const app = makeApp("late");
    const log: string[] = [];
    const fn = app.client.createFunction(
      { id: "late", retries: 2, triggers: [{ event: name("late") }] },
      async ({ step }) => {
        await step.run("slow", () => {
          log.push("slow");
          return pause(log.length === 1 ? 1_500 : 10);
        });
        await step.run("then", () => log.push("then"));
        return "done";
      },
    );
    await app.start([fn], { callTimeoutMs: 700 });
    await app.client.send({ name: name("late"), data: { tenantId } });
    expect(await ended(app.id("late"))).toMatchObject([{ status: "completed", output: "done" }]);
    await pause(1_500);
    expect(log).toEqual(["slow", "slow", "then"]);
  });
});

describe("what the engine does not do", () => {
  type Options = Parameters<Inngest["createFunction"]>[0];
  const go = [{ event: "some/event" }];
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ event: `some/event.${i}` }));
  const refused: [option: string, options: Record<string, unknown>][] = [
    ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
    ["singleton", { singleton: { mode: "skip" } }],
    ["timeouts", { timeouts: { finish: "1m" } }],
    ["batchEvents.if", { batchEvents: { maxSize: 2, timeout: "1s", if: "event.data.a == 1" } }],
    ["batchEvents.maxSize", { batchEvents: { maxSize: 101, timeout: "1s" } }],
    ["batchEvents.maxSize", { batchEvents: { maxSize: 0, timeout: "1s" } }],
    ["batchEvents.timeout", { batchEvents: { maxSize: 2, timeout: "soon" } }],
    ["batchEvents.key", { batchEvents: { maxSize: 2, timeout: "1s", key: "event.data.(" } }],
    ["concurrency", { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }],
    ["concurrency.scope", { concurrency: [{ limit: 1, scope: "account", key: '"a"' }] }],
    ["concurrency.limit", { concurrency: [{ limit: -1 }] }],
    ["concurrency.limit", { concurrency: [{ limit: 1.5 }] }],
    ["concurrency.key", { concurrency: [{ limit: 1, key: "event.data.id ==" }] }],
    ["throttle.key", { throttle: { limit: 1, period: "1s", key: "((" } }],
    ["throttle.period", { throttle: { limit: 1, period: "often" } }],
    ["throttle.limit", { throttle: { limit: 0, period: "1s" } }],
    ["debounce.period", { debounce: { period: "" } }],
    ["debounce.key", { debounce: { period: "1s", key: "event.data[" } }],
    ["priority.run", { priority: { run: "event.data.vip ? 1" } }],
    ["idempotency", { idempotency: "event.data.id + +" }],
    ["retries", { retries: 21 }],
    ["retries", { retries: -1 }],
    ["retries", { retries: 2.5 }],
    ["triggers", { triggers: many(11) }],
    ["triggers.if", { triggers: [{ event: "some/event", if: "event.data.id == 'open" }] }],
    ["triggers.cron", { triggers: [{ cron: "61 * * * *" }] }],
    ["triggers.cron", { triggers: [{ cron: "*/10 * * * * *" }] }],
    ["triggers.cron", { triggers: [{ cron: "0 0 31 2 *" }] }],
    ["triggers.cron", { triggers: [{ cron: "TZ=Mars/Olympus 0 9 * * *" }] }],
    ["triggers.cron", { triggers: [{ cron: "every day" }] }],
    ["jitter", { triggers: [{ cron: "0 9 * * *", jitter: "5m" }] }],
    ["cancelOn", { cancelOn: many(6) }],
    ["cancelOn.if", { cancelOn: [{ event: "some/stop", if: "async.data.id = event.data.id" }] }],
    ["cancelOn.timeout", { cancelOn: [{ event: "some/stop", timeout: "later" }] }],
  ];
  it.each(refused)("%s is refused at start by name: %j", async (option, options) => {
    const { client, start, id } = makeApp("refused");
    // The SDK itself refuses some of these when the function is made, or when it describes it.
    let message = "";
    try {
      const fn = client.createFunction({ id: "not-possible", triggers: go, ...options } as Options, () => {});
      await start([fn]);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(id("not-possible"));
    expect(message).toContain(option);
  });

  it("two functions of one id are refused, with the id", async () => {
    const { client, start } = makeApp("twice");
    const make = () => client.createFunction({ id: "same-id", triggers: go }, () => {});
    await expect(start([make(), make()])).rejects.toThrow(/same-id/);
  });

  it("what was refused leaves nothing behind", async () => {
    const rows = await asWorker((db) =>
      db.execute(sql`select 1 from engine_functions where id like ${`refused-${run}%`}`),
    );
    expect([...rows]).toEqual([]);
  });

  it("a step that it does not know fails the run, naming it", async () => {
    const app = makeApp("unknown-ops");
    const on = { retries: 0 as const, triggers: [{ event: name("op") }] };
    await app.start([
      app.client.createFunction({ id: "signal", ...on }, async ({ step }) => {
        await step.waitForSignal("signal", { signal: "s", timeout: "1m", onConflict: "fail" });
      }),
      app.client.createFunction({ id: "fetch", ...on }, async ({ step }) => {
        await step.fetch("https://example.test/");
      }),
      app.client.createFunction({ id: "infer", ...on }, async ({ step }) => {
        const model = { url: "https://example.test/", authKey: "k", format: "openai-chat", options: {} };
        await step.ai.infer("infer", { model, body: { messages: [] } } as never);
      }),
    ]);
    await app.client.send({ name: name("op"), data: { tenantId } });
    for (const [id, op] of Object.entries({
      signal: /signal/i,
      fetch: /gateway|fetch/i,
      infer: /ai.?gateway|infer/i,
    })) {
      const [over] = await ended(app.id(id));
      expect(over).toMatchObject({ status: "failed", reason: "unsupported" });
      expect(over?.error?.message).toMatch(op);
    }
  });
});

describe("processes of different builds", () => {
  it("an event that an older process takes in starts the function that only a newer one knows", async () => {
    await stopAll();
    const older = makeApp("older");
    const newer = makeApp("newer");
    const heard: number[] = [];
    const make = ({ client }: typeof older, id: string, event: string) =>
      client.createFunction({ id, retries: 0, triggers: [{ event: name(event) }] }, ({ event }) => {
        heard.push(event.data.n);
      });
    await older.start([make(older, "old", "old")]);
    await newer.start([make(newer, "new", "news")]);
    // Said through the older one, which is therefore the first to look.
    for (let n = 0; n < 5; n++) await older.client.send({ name: name("news"), data: { tenantId, n } });
    await until("all are heard", () => heard.length === 5);
    expect(heard.toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  it("a function that has changed is run as the process that runs it knows it", async () => {
    await stopAll();
    const app = makeApp("changed");
    const heard: string[] = [];
    // The SDK fails a run whose event its function does not name any more, so the newer one still names it.
    const build = (version: string, ...events: [string, ...string[]]) =>
      app.client.createFunction(
        { id: "changes", retries: 0, triggers: events.map((event) => ({ event: name(event) })) },
        async ({ step }) => {
          await step.run("begin", () => heard.push(`begin ${version}`));
          await step.sleep("a moment", "1s");
          await step.run("end", () => heard.push(`end ${version}`));
        },
      );
    const first = await app.start([build("first", "before")]);
    await app.client.send({ name: name("before"), data: { tenantId } });
    await until("it has begun", () => heard.length === 1);
    await first.stop(1_000);
    await app.start([build("second", "before", "after")]);
    await until(
      "it has ended",
      () => heard.length === 2,
      8,
      () => heard,
    );
    await app.client.send({ name: name("after"), data: { tenantId } });
    await until(
      "the other has ended",
      () => heard.length === 4,
      8,
      () => heard,
    );
    expect(heard).toEqual(["begin first", "end second", "begin second", "end second"]);
  }, 20_000);
});

describe("time that does not pass as it should", () => {
  // One clock at a time.
  beforeEach(stopAll);

  it("a function that is removed while its runs sleep fails them after ten minutes, and they go on when it is back", async () => {
    const app = makeApp("gone");
    let skewMs = 0;
    const options = { skewMs: () => skewMs, sweepMs: 250, pollMs: 250 };
    const executed: string[] = [];
    const sleeper = app.client.createFunction(
      { id: "sleeper", retries: 0, triggers: [{ event: name("sleep") }] },
      async ({ step, event }) => {
        await step.run("before", () => executed.push("before"));
        await step.sleep("an hour", "1h");
        await step.run("after", () => executed.push("after"));
        return event.data.n;
      },
    );
    const other = app.client.createFunction(
      { id: "other", retries: 0, triggers: [{ event: name("other") }] },
      () => "other",
    );

    const first = await app.start([sleeper, other], options);
    await app.client.send({ name: name("sleep"), data: { tenantId, n: 5 } });
    const isAsleep = async () => {
      const [asleep] = await asWorker((db) =>
        db.execute(sql`
          select 1 from engine_steps s join engine_runs r on (r.tenant_uuid, r.id) = (s.tenant_uuid, s.run_id)
          where r.function_id = ${app.id("sleeper")} and s.state = 'sleeping'`),
      );
      return asleep !== undefined;
    };
    await until("it sleeps", isAsleep);
    await first.stop(1_000);

    const second = await app.start([other], options);
    skewMs = hourMs + 5 * minuteMs;
    second.wake();
    await pause(1_200);
    // Its sleep is over, but who could run it may only be starting again.
    expect((await runsOf(app.id("sleeper")))[0]?.status).toMatch(/queued|running/);
    skewMs += 20 * minuteMs;
    second.wake();
    const [gone] = await ended(app.id("sleeper"));
    expect(gone).toMatchObject({ status: "failed", reason: "function_gone" });
    expect(gone?.error?.message).toContain("sleeper");
    await second.stop(1_000);

    await app.start([sleeper, other], options);
    const again = await asWorker((db) =>
      db.transaction((tx) => replayRun(tx, tenantId, gone?.id ?? "", "failure", new Date())),
    );
    expect(again).not.toBeNull();
    let wasMoved = false;
    await until("the replay is over", async () => {
      const runs = await runsOf(app.id("sleeper"));
      if (runs.some(({ status }) => status === "completed")) return true;
      // It has to sleep again. The clock is moved once, and only then: with a call going on, its lease would be over.
      if (!wasMoved && (await isAsleep())) {
        wasMoved = true;
        skewMs += hourMs + minuteMs;
      }
      return false;
    });
    const runs = await runsOf(app.id("sleeper"));
    expect(runs.find(({ id }) => id === again)).toMatchObject({ status: "completed", output: 5 });
    expect(executed).toEqual(["before", "after"]);
  }, 60_000);

  it("a clock that is moved back doubles nothing and loses nothing, and all goes on when it is right again", async () => {
    const app = makeApp("back");
    let skewMs = 60_000 - (Date.now() % 60_000) - 2_500; // A minute is about to begin.
    const options = { skewMs: () => skewMs, sweepMs: 300, pollMs: 200, leaseMs: 3_000 };
    const log: string[] = [];
    const ticks: number[] = [];
    const events = name("work");
    const engine = await app.start(
      [
        app.client.createFunction({ id: "tick", retries: 0, triggers: [{ cron: "* * * * *" }] }, () => {
          ticks.push(Math.floor((Date.now() + skewMs) / 60_000));
        }),
        app.client.createFunction(
          { id: "sleeper", retries: 0, triggers: [{ event: events }] },
          async ({ step, event }) => {
            await step.run("before", () => log.push(`before ${event.data.n}`));
            await step.sleep("a moment", "4s");
            await step.run("after", () => log.push(`after ${event.data.n}`));
          },
        ),
        app.client.createFunction(
          { id: "busy", retries: 0, triggers: [{ event: events }] },
          async ({ step, event }) => {
            await step.run("long", async () => {
              log.push(`long ${event.data.n}`);
              await pause(6_000);
            });
            await step.run("then", () => log.push(`then ${event.data.n}`));
          },
        ),
      ],
      options,
    );
    await until("the cron has ticked", () => ticks.length === 1);
    await app.client.send({ name: events, data: { tenantId, n: 1 } });
    await until("both have begun", () => log.length === 2);

    skewMs -= hourMs;
    engine.wake();
    await app.client.send({ name: events, data: { tenantId, n: 2 } });
    await pause(7_500); // Longer than the lease, the sleep and the long step.
    expect(ticks).toHaveLength(1);
    expect(log.filter((line) => line === "before 1")).toHaveLength(1);
    expect(log.filter((line) => line === "long 1")).toHaveLength(1);

    skewMs += hourMs;
    engine.wake();
    await until(
      "all is done",
      () => ["after 1", "then 1", "after 2", "then 2"].every((line) => log.includes(line)),
      25,
    );
    await pause(500);
    expect(log.toSorted()).toEqual(
      [1, 2].flatMap((n) => [`after ${n}`, `before ${n}`, `long ${n}`, `then ${n}`]).toSorted(),
    );
    skewMs += minuteMs;
    engine.wake();
    await until("the cron has ticked again", () => ticks.length >= 2);
    await pause(500);
    expect(new Set(ticks).size).toBe(ticks.length);
    expect(await ended(app.id("sleeper"), 2)).toMatchObject([{ status: "completed" }, { status: "completed" }]);
  }, 90_000);
});
