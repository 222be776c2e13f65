import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { sql } from "drizzle-orm";
import { Inngest, NonRetriableError } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asWorker } from "@/db/system";
import { fromWireId, uuidv7 } from "@/lib/kernel/ids";
import { silent } from "./conformance/embedded-stage";
import { pause } from "./conformance/scene";
import { type EmbeddedDoor, embeddedDoor } from "./door";
import { type Engine, startEngine } from "./engine";
import { callBody, type Memo, type Reading, readAnswer } from "./protocol";

/**
 * Two recorded conversations between the SDK and an engine: `server` with the self-hosted server 1.43.0, signed, and
 * `checkpointing` with all of a function's steps told as they end. One exchange a line.
 */
type Exchange = {
  kind: "call" | "events" | "checkpoint" | "register" | "sync";
  path: string;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: what was recorded is looked into, not typed.
  body: any;
  answer: { status: number; headers: Record<string, string>; body: string };
};

const conversation = (name: "server" | "checkpointing"): Exchange[] =>
  readFileSync(new URL(`./fixtures/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Exchange);
const server = conversation("server");
const checkpointing = conversation("checkpointing");
const callsOf = (exchanges: readonly Exchange[], name: string) =>
  exchanges.filter(({ kind, path }) => kind === "call" && path.includes(`fnId=outreach-${name}&`));

/** A reading in words. */
function inWords(reading: Reading): string[] {
  const { settled, planned, sleeps, waits, invokes, retry, end, again, unsupported } = reading;
  const json = JSON.stringify;
  return [
    ...settled.map((step) =>
      step.error
        ? `failed ${step.name} (${step.kind}): ${step.error.name}: ${step.error.message}`
        : `done ${step.name} (${step.kind}): ${json(step.output)}`,
    ),
    ...planned.map(({ name, kind }) => `plan ${name} (${kind})`),
    ...sleeps.map(({ name, until }) => `sleep ${name}: ${until}`),
    ...waits.map(({ name, event, timeout, condition }) => `wait ${name}: ${event}, ${timeout}, ${condition}`),
    ...invokes.map(({ name, functionId, data }) => `invoke ${name}: ${functionId} ${json(data)}`),
    ...(retry ? [`again after ${retry.step?.name ?? "the function"}: ${retry.error.message}, in ${retry.after}`] : []),
    ...(end ? [end.kind === "completed" ? `completed ${json(end.output)}` : `gave up: ${end.error.message}`] : []),
    ...(again ? ["call again"] : []),
    ...unsupported.map((op) => `unsupported ${op}`),
  ];
}

const result = {
  b: 2,
  f: "ok after 3",
  x: "sms",
  y: "email",
  fallback: "fell back: no route",
  reply: { id: "c1", text: "yes" },
  none: null,
  html: "Hello Ann",
  sent: 1,
};
const story = {
  begins: [
    ["sleep cool-down: 2s"],
    ["again after flaky: provider 500 #1, in null"],
    ["again after flaky: provider 500 #2, in null"],
    ['done flaky (run): "ok after 3"'],
    ["plan sms (run)", "plan email (run)"],
  ],
  waits: [
    ["wait await-reply: journey/replied, 30s, async.data.id == event.data.id"],
    ["wait await-never: journey/never, 1s, undefined"],
    ['invoke render: outreach-render-template {"name":"Ann"}'],
  ],
};

describe("what the SDK answered is understood", () => {
  it("in the conversation with a real server", () => {
    expect(callsOf(server, "journey").map(({ answer }) => inWords(readAnswer(answer)))).toEqual([
      ...story.begins,
      ['done email (run): "email"'],
      ['done sms (run): "sms"'],
      ["failed whatsapp (run): NonRetriableError: no route"],
      ...story.waits,
      [`completed ${JSON.stringify(result)}`],
    ]);
    expect(callsOf(server, "fails").map(({ answer }) => inWords(readAnswer(answer)))).toEqual([["gave up: boom"]]);
    expect(callsOf(server, "fails-failure").map(({ answer }) => inWords(readAnswer(answer)))).toEqual([
      ["completed null"],
    ]);
    expect(callsOf(server, "batch-log").map(({ answer }) => inWords(readAnswer(answer)))).toEqual([
      ["completed 10"],
      ["completed 10"],
      ["completed 3"],
      ["completed 2"],
    ]);
    expect(callsOf(server, "render-template").map(({ answer }) => inWords(readAnswer(answer)))).toEqual([
      ['completed "Hello Ann"'],
    ]);
  });

  it("in the conversation in which later calls may only plan", () => {
    const words = callsOf(checkpointing, "journey").map(({ answer }) => inWords(readAnswer(answer)));
    const sent = /^done emit \(send\): \{"ids":\["[0-9a-f-]{36}"\]\}$/;
    expect(words).toEqual([
      ...story.begins,
      ['done sms (run): "sms"'],
      ['done email (run): "email"'],
      ["plan email (run)"],
      ["plan whatsapp (run)"],
      ["failed whatsapp (run): NonRetriableError: no route"],
      ["plan fallback-sms (run)"],
      ['done fallback-sms (run): "fell back: no route"'],
      ...story.waits,
      ["plan emit (send)"],
      [expect.stringMatching(sent)],
      [`completed ${JSON.stringify(result)}`],
      ["sleep cool-down: 2s"],
    ]);
    expect(callsOf(checkpointing, "fails").map(({ answer }) => inWords(readAnswer(answer)))).toEqual([
      ["gave up: boom"],
    ]);
  });

  it("keeps the id of every step and a failed step's stack", () => {
    for (const { answer } of [...server, ...checkpointing].filter(({ kind }) => kind === "call")) {
      if (answer.status !== 206) continue;
      const reading = readAnswer(answer);
      const ops = JSON.parse(answer.body) as { op: string; id: string }[];
      const { settled, planned, sleeps, waits, invokes, retry } = reading;
      const read = [...settled, ...planned, ...sleeps, ...waits, ...invokes, ...(retry?.step ? [retry.step] : [])];
      expect(read.map(({ id }) => id)).toEqual(ops.filter(({ op }) => op !== "RunComplete").map(({ id }) => id));
      for (const step of settled) if (step.error) expect(step.error.stack).toContain("no route");
    }
  });

  it("takes a wish to be called later from the header, and asks again after an answer that is none", () => {
    const headers = { "x-inngest-no-retry": "false", "retry-after": "30" };
    const error = { name: "RetryAfterError", message: "slow down" };
    expect(inWords(readAnswer({ status: 500, headers, body: JSON.stringify(error) }))).toEqual([
      "again after the function: slow down, in 30",
    ]);
    expect(inWords(readAnswer({ status: 502, headers: {}, body: "<html>Bad gateway</html>" }))[0]).toMatch(
      /^again after the function: /,
    );
    expect(inWords(readAnswer({ status: 206, headers: {}, body: '[{"op":"WaitForSignal","id":"a"}]' }))).toEqual([
      "unsupported WaitForSignal",
    ]);
    expect(inWords(readAnswer({ status: 206, headers: {}, body: '[{"op":"DiscoveryRequest","id":"a"}]' }))).toEqual([
      "call again",
    ]);
  });
});

describe("what we ask is what a real server asks", () => {
  type ParsedCall = { steps: Record<string, unknown>; ctx: Record<string, unknown>; events: unknown; event: unknown };
  let parse: (body: unknown) => ParsedCall;
  beforeAll(async () => {
    const sdk = path.dirname(createRequire(import.meta.url).resolve("inngest"));
    const { parseFnData } = await import(pathToFileURL(path.join(sdk, "helpers/functions.js")).href);
    parse = (body) => parseFnData(JSON.parse(JSON.stringify(body)), undefined, silent) as ParsedCall;
  });

  /** What was recorded, as we would have asked it. */
  function asked({ body }: Exchange) {
    const memo = (body.ctx.stack.stack as string[]).map((id): Memo => {
      const step = body.steps[id];
      if (step === null) return { id, output: null };
      if (step.error) return { id, error: step.error };
      return { id, output: Object.keys(step).some((key) => key !== "data" && key !== "type") ? step : step.data };
    });
    return callBody({
      runId: body.ctx.run_id,
      functionId: body.ctx.fn_id,
      queueItemId: body.ctx.qi_id,
      attempt: body.ctx.attempt,
      tries: body.ctx.max_attempts,
      onlyPlan: body.ctx.disable_immediate_execution,
      events: body.events,
      memo,
    });
  }

  it.each([
    ["the real server's", server],
    ["the planning-only engine's", checkpointing],
  ])("for every call of %s conversation", (_, exchanges) => {
    for (const call of exchanges.filter(({ kind }) => kind === "call")) {
      const ours = asked(call);
      const [mine, theirs] = [parse(ours), parse(call.body)];
      expect(mine.steps).toEqual(theirs.steps);
      expect(mine.events).toEqual(theirs.events);
      expect(mine.event).toEqual(theirs.event);
      // What was recorded for the planning-only conversation counted its stack from the call's own beginning.
      const ctx = (of: ParsedCall) => (exchanges === server ? of.ctx : { ...of.ctx, stack: null });
      expect(ctx(mine)).toEqual(ctx(theirs));
      const fields = ["version", "event", "events", "steps", "ctx", "use_api"];
      expect(Object.keys(ours)).toEqual(expect.arrayContaining(fields));
      expect([-1, 2]).toContain(ours.version);
    }
  });

  it("tells the results in the order in which they ended", () => {
    const memo = ["c", "a", "b"].map((id) => ({ id, output: id }));
    const call = { runId: "r", functionId: "f", queueItemId: "q", attempt: 0, tries: 1, onlyPlan: false };
    const body = callBody({ ...call, events: [{ id: "e", name: "n", data: {}, ts: 1 }], memo });
    expect(body.ctx.stack).toEqual({ stack: ["c", "a", "b"], current: 3 });
  });
});

const run = randomBytes(4).toString("hex");

describe("what the SDK asks of an engine is answered as a real server answers it", () => {
  const told: unknown[] = [];
  let door: EmbeddedDoor;
  let isHeld = true;
  const ask = (exchange: Exchange) => {
    const fetch = door.clientOptions.fetch as typeof globalThis.fetch;
    return fetch(new URL(exchange.path, door.clientOptions.baseUrl).href, {
      method: "POST",
      headers: exchange.headers,
      body: JSON.stringify(exchange.body),
    });
  };
  beforeAll(() => {
    door = embeddedDoor();
    door.open({
      async receive(events) {
        const list = events as unknown[];
        told.push(events);
        return list.map((_, i) => `id-${i}`);
      },
      async checkpoint(body) {
        told.push(body);
        return isHeld;
      },
    });
  });

  it("takes every recorded message with the recorded status and shape", async () => {
    for (const exchange of server.filter(({ kind }) => kind !== "call")) {
      const answer = await ask(exchange);
      const text = await answer.text();
      expect(answer.status).toBe(exchange.answer.status);
      if (exchange.kind === "checkpoint") expect(text).toBe(exchange.answer.body);
      if (exchange.kind === "events") {
        const { ids, ...rest } = JSON.parse(text);
        const recorded = JSON.parse(exchange.answer.body);
        expect(ids).toHaveLength(recorded.ids.length);
        expect({ ids: [], ...rest }).toEqual({ ...recorded, ids: [] });
      }
      if (exchange.kind === "register")
        expect(JSON.parse(text)).toMatchObject({ ok: true, modified: expect.any(Boolean) });
    }
    const sent = server.filter(({ kind }) => kind === "events" || kind === "checkpoint");
    expect(told).toEqual(sent.map(({ body }) => body));
  });

  it("tells a call that lost its job with 409, which the SDK takes as the end of it", async () => {
    const checkpoint = server.find(({ kind }) => kind === "checkpoint") as Exchange;
    isHeld = false;
    expect((await ask(checkpoint)).status).toBe(409);
    isHeld = true;
  });

  it("answers 404 to what it does not know and 503 when no engine runs", async () => {
    const other = { kind: "events", path: "/v1/signals", headers: {}, body: {} } as Exchange;
    expect((await ask(other)).status).toBe(404);
    const alone = embeddedDoor();
    const client = new Inngest({ id: `alone-${run}`, ...alone.clientOptions, logger: silent });
    await expect(client.send({ name: "a/b", data: { tenantId: null } })).rejects.toThrow(/does not run|503/);
  });
});

describe("the recorded functions on the embedded engine", () => {
  const tenantId = uuidv7();
  const name = (event: string) => `${event}.${run}`;
  const door = embeddedDoor();
  const checkpoints: { run: string; steps: string[] }[] = [];
  const fetch = door.clientOptions.fetch as typeof globalThis.fetch;
  const client = new Inngest({
    id: `outreach-${run}`,
    ...door.clientOptions,
    logger: silent,
    checkpointing: { maxRuntime: "50s" },
    // The door, and beside it somebody who writes down what goes through it.
    fetch: (async (input: string, init: RequestInit) => {
      const id = /checkpoint\/([^/]+)\/async/.exec(String(input))?.[1];
      const steps = () => (JSON.parse(String(init.body)) as { steps: { displayName: string }[] }).steps;
      if (id) checkpoints.push({ run: id, steps: steps().map(({ displayName }) => displayName) });
      return fetch(input, init);
    }) as typeof door.clientOptions.fetch,
  });
  const seen: Record<string, unknown[]> = { failed: [], batch: [], most: [], journey: [], done: [] };
  const note = (what: string, value: unknown) => seen[what]?.push(value);
  const comes = async (what: string, times: number) => {
    const end = Date.now() + 30_000;
    while ((seen[what]?.length ?? 0) < times && Date.now() < end) await pause(20);
    expect(seen[what]).toHaveLength(times);
    return seen[what] as unknown[];
  };

  const render = client.createFunction(
    { id: "render-template", triggers: [{ event: name("template/render") }] },
    ({ event, step }) => step.run("render", () => `Hello ${event.data.name}`),
  );
  let tries = 0;
  const journey = client.createFunction(
    {
      id: "journey",
      retries: 3,
      triggers: [{ event: name("journey/start") }],
      cancelOn: [{ event: name("journey/cancel"), if: "async.data.id == event.data.id" }],
    },
    async ({ event, step, runId }) => {
      const loaded = await step.run("load", () => ({ a: 1, id: event.data.id }));
      const b = await step.run("plan", () => loaded.a + 1);
      await step.sleep("cool-down", "2s");
      const f = await step.run("flaky", () => {
        tries += 1;
        if (tries < 3) throw new Error(`provider 500 #${tries}`);
        return `ok after ${tries}`;
      });
      const [x, y] = await Promise.all([step.run("sms", () => "sms"), step.run("email", () => "email")]);
      let fallback = "";
      try {
        await step.run("whatsapp", () => {
          throw new NonRetriableError("no route");
        });
      } catch (error) {
        fallback = await step.run("fallback-sms", () => `fell back: ${(error as Error).message}`);
      }
      note("journey", runId);
      const reply = await step.waitForEvent("await-reply", {
        event: name("journey/replied"),
        timeout: "30s",
        if: "async.data.id == event.data.id",
      });
      const none = await step.waitForEvent("await-never", { event: name("journey/never"), timeout: "1s" });
      const html = await step.invoke("render", { function: render, data: { tenantId, name: "Ann" } });
      const sent = await step.sendEvent("emit", [
        { name: name("journey/done"), data: { tenantId, id: event.data.id } },
      ]);
      const { tenantId: _, ...said } = reply?.data ?? {};
      return { b, f, x, y, fallback, reply: said, none, html, sent: sent.ids.length };
    },
  );
  const listener = client.createFunction({ id: "listener", triggers: [{ event: name("journey/done") }] }, ({ event }) =>
    note("done", event.data.id),
  );
  const fails = client.createFunction(
    {
      id: "fails",
      retries: 0,
      triggers: [{ event: name("fail/me") }],
      onFailure: ({ error, event }) => note("failed", { message: error.message, data: event.data }),
    },
    () => {
      throw new Error("boom");
    },
  );
  const batchLog = client.createFunction(
    {
      id: "batch-log",
      batchEvents: { maxSize: 10, timeout: "2s", key: "event.data.tenant" },
      triggers: [{ event: name("delivery/logged") }],
    },
    async ({ events, step }) => {
      note("batch", await step.run("write", () => events.map(({ data }) => data.tenant as string)));
      return events.length;
    },
  );
  const now = { sms: 0, email: 0 };
  const limited = client.createFunction(
    {
      id: "limited",
      concurrency: [{ limit: 2, key: "event.data.provider" }],
      triggers: [{ event: name("send/one") }],
    },
    async ({ event, step }) => {
      await step.run("send", async () => {
        const provider = event.data.provider as "sms" | "email";
        now[provider] += 1;
        note("most", now[provider]);
        await pause(60);
        now[provider] -= 1;
      });
    },
  );

  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine({
      client,
      door,
      functions: [render, journey, listener, fails, batchLog, limited],
      retry: { baseMs: 50, capMs: 200, jitter: () => 0.5 },
    });
  });
  afterAll(() => engine?.stop(1_000));

  const steps = (runId: string) =>
    asWorker((db) =>
      db.execute<{ name: string; kind: string; state: string }>(
        sql`select name, kind, state from engine_steps where tenant_uuid = ${tenantId} and run_id = ${fromWireId("run", runId)} order by seq`,
      ),
    );

  it("journey: the recorded end, the recorded steps, and no call that a real server would not have needed", async () => {
    await client.send(
      [1, 2].map(() => ({ id: `evt-${run}`, name: name("journey/start"), data: { tenantId, id: "c1" } })),
    );
    const end = Date.now() + 15_000;
    while (seen.journey?.length === 0 && Date.now() < end) await pause(20);
    const runId = String(seen.journey?.[0]);
    while ((await steps(runId)).length < 8 && Date.now() < end) await pause(20);
    await pause(300);
    await client.send({ name: name("journey/replied"), data: { tenantId, id: "other" } });
    await client.send({ name: name("journey/replied"), data: { tenantId, id: "c1", text: "yes" } });
    expect(await comes("done", 1)).toEqual(["c1"]);
    await expect
      .poll(
        () =>
          asWorker((db) =>
            db.execute(
              sql`select status, output from engine_runs where tenant_uuid = ${tenantId} and function_id = ${`outreach-${run}-journey`}`,
            ),
          ).then((rows) => [...rows]),
        { timeout: 10_000 },
      )
      .toEqual([{ status: "completed", output: result }]);

    const ran = await steps(runId);
    const written = ran.map(({ name, kind, state }) => `${name} ${kind} ${state}`);
    expect(written.filter((step) => !/^(sms|email) /.test(step))).toEqual([
      "load run done",
      "plan run done",
      "cool-down sleep done",
      "flaky run done",
      "whatsapp run failed",
      "fallback-sms run done",
      "await-reply wait done",
      "await-never wait done",
      "render invoke done",
      "emit send done",
    ]);
    expect(written.slice(4, 6).toSorted()).toEqual(["email run done", "sms run done"]);
    const recorded = server
      .filter(({ kind, body }) => kind === "checkpoint" && body.fn_id === callsOf(server, "journey")[0]?.body.ctx.fn_id)
      .flatMap(({ body }) => body.steps.map((step: { displayName: string }) => step.displayName));
    expect(checkpoints.filter(({ run }) => run === runId).flatMap(({ steps }) => steps)).toEqual(recorded);
  }, 45_000);

  it("fails: the handler is told what was recorded", async () => {
    await client.send({ name: name("fail/me"), data: { tenantId } });
    const [failed] = (await comes("failed", 1)) as [{ message: string; data: Record<string, unknown> }];
    const recorded = callsOf(server, "fails-failure")[0]?.body.event.data;
    expect(failed.message).toBe(recorded.error.message);
    expect(failed.data).toMatchObject({
      function_id: `outreach-${run}-fails`,
      run_id: expect.any(String),
      error: { name: recorded.error.name, message: recorded.error.message, stack: expect.any(String) },
      event: { name: name("fail/me"), data: { tenantId }, id: expect.any(String), ts: expect.any(Number) },
      events: [{ name: name("fail/me") }],
    });
  });

  it("batch-log: two full batches and two that ran out of time", async () => {
    const recorded = server.find(
      ({ kind, body }) => kind === "events" && body[0].name === "delivery/logged",
    ) as Exchange;
    await client.send(
      (recorded.body as { data: { tenant: string; i: number } }[]).map(({ data }) => ({
        name: name("delivery/logged"),
        data: { tenantId, ...data },
      })),
    );
    const batches = (await comes("batch", 4)) as string[][];
    const shape = (list: readonly (readonly string[])[]) =>
      list.map((batch) => `${[...new Set(batch)].join("")} ${batch.length}`).toSorted();
    const theirs = callsOf(server, "batch-log").map(({ body }) =>
      (body.events as { data: { tenant: string } }[]).map(({ data }) => data.tenant),
    );
    expect(shape(batches)).toEqual(shape(theirs));
  }, 20_000);

  it("limited: all run, never more than two of one provider at once", async () => {
    const recorded = server.find(({ kind, body }) => kind === "events" && body[0].name === "send/one") as Exchange;
    await client.send(
      (recorded.body as { data: { provider: string } }[]).map(({ data }) => ({
        name: name("send/one"),
        data: { tenantId, ...data },
      })),
    );
    const most = (await comes("most", 12)) as number[];
    expect(Math.max(...most)).toBe(2);
  }, 20_000);
});
