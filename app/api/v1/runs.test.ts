import { beforeAll, describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import {
  eventPayload,
  makeCronMark,
  makeEvent,
  makeFunction,
  makeRun,
  makeStep,
  makeWorker,
  type RunScene,
} from "@/db/factories/engine";
import { callApi, cookieOf } from "@/e2e/call-api";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { minuteMs } from "@/lib/kernel/time";

let tenantId: TenantId;
let key: string;

beforeAll(async () => {
  ({ tenantId } = await makeWorkspace());
  key = (await makeKey(tenantId)).secret;
});

const get = async (path: string, as = key) => {
  const response = await callApi("GET", `/api/v1${path}`, { key: as });
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
};
const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
  callApi("POST", `/api/v1${path}`, { key, ...(body ? { body } : {}), ...(headers ? { headers } : {}) });
const wire = (id: string) => toWireId("run", id);
const ids = (list: { items: { id: string }[] }) => list.items.map((item) => item.id);

/** A workspace of its own, where nothing else is in the list. */
async function quiet() {
  const made = await makeWorkspace();
  return { tenantId: made.tenantId, key: (await makeKey(made.tenantId)).secret };
}

describe("the list of runs", () => {
  it("is read page by page, newest first, each run once", async () => {
    const here = await quiet();
    const at = new Date("2026-11-20T09:00:00Z");
    const made = [];
    // The same moment twice: the cursor must tell them apart.
    for (const second of [0, 1, 1, 2, 3]) {
      made.push(await makeRun(here.tenantId, { at: new Date(at.getTime() + second * 1_000) }));
    }
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: { items: { id: string }[]; next_cursor: string | null } = await get(
        `/runs?limit=2${cursor ? `&cursor=${cursor}` : ""}`,
        here.key,
      );
      seen.push(...ids(page));
      cursor = page.next_cursor;
    }
    expect(new Set(seen)).toEqual(new Set(made.map((run) => wire(run.id))));
    expect(seen).toHaveLength(5);
    expect(seen[0]).toBe(wire(made[4]?.id ?? ""));
    expect(seen[4]).toBe(wire(made[0]?.id ?? ""));
  });

  it("is narrowed by status, function, subject, time, words and id", async () => {
    const here = await quiet();
    const subject = { subjectKind: "workspace", subjectId: here.tenantId } as const;
    const old = await makeRun(here.tenantId, { at: new Date("2026-11-01T09:00:00Z"), ...subject });
    const failed = await makeRun(here.tenantId, { scene: "failed", functionId: "made-up-other" });
    const named = await makeRun(here.tenantId, { eventName: "order/100%_paid" });
    const asked = async (query: string) => new Set(ids(await get(`/runs?${query}`, here.key)));
    const only = (run: { id: string }) => new Set([wire(run.id)]);
    expect(await asked("status=failed")).toEqual(only(failed));
    expect(await asked("function=made-up-other")).toEqual(only(failed));
    expect(await asked(`subject=${toWireId("tenant", here.tenantId)}`)).toEqual(only(old));
    expect(await asked("until=2026-11-02T00:00:00Z")).toEqual(only(old));
    expect(await asked(`search=${encodeURIComponent("100%_p")}`)).toEqual(only(named));
    expect(await asked("search=up+oth")).toEqual(only(failed));
    expect(await asked(`search=${wire(named.id)}`)).toEqual(only(named));
    expect(await asked(`search=${encodeURIComponent("%")}`)).toEqual(only(named));
    expect((await callApi("GET", "/api/v1/runs?subject=key_1", { key })).status).toBe(422);
    expect((await callApi("GET", "/api/v1/runs?status=asleep", { key })).status).toBe(422);
    expect((await callApi("GET", "/api/v1/runs?cursor=x", { key })).status).toBe(422);
  });

  it.each<[RunScene, string, Record<string, unknown> | null]>([
    ["completed", "completed", null],
    ["failed", "failed", null],
    ["cancelled", "cancelled", null],
    ["queued", "queued", { kind: "queued" }],
    ["running", "running", { kind: "running" }],
    ["slot", "queued", { kind: "slot" }],
    ["retrying", "running", { kind: "retry", failed: 2 }],
    ["sleeping", "running", { kind: "sleep", step: "let a day pass" }],
    ["waiting", "running", { kind: "event", event: "message/answered", step: "the answer" }],
    ["invoking", "running", { kind: "invoke", function: "made-up-score-contact" }],
  ])("says of one that is %s what it does now", async (scene, status, state) => {
    const run = await makeRun(tenantId, { scene });
    const found = await get(`/runs/${wire(run.id)}`);
    expect(found.status).toBe(status);
    if (state === null) expect(found.state).toBeNull();
    else expect(found.state).toMatchObject(state);
  });
});

describe("one run", () => {
  it("has its steps in the order in which they ended, and payloads as they were written", async () => {
    const events = [eventPayload(tenantId, { data: { camelKey: { snake_key: "\u0000" } } })];
    const run = await makeRun(tenantId, { scene: "failed", events, output: undefined });
    await makeStep(tenantId, run.id, { name: "second", seq: 9_002, output: { someKey: { tenant_uuid: null } } });
    await makeStep(tenantId, run.id, { name: "first", seq: 9_001, output: null });
    await makeStep(tenantId, run.id, { name: "third", state: "failed", seq: 9_003, attempts: 5 });
    const found = await get(`/runs/${wire(run.id)}`);
    expect(found.steps.map((step: { name: string }) => step.name)).toEqual(["first", "second", "third"]);
    expect(found.steps[1].output).toEqual({ someKey: { tenant_uuid: null } });
    expect(found.steps[2]).toMatchObject({ state: "failed", attempts: 5, error: { name: "Error", cause: null } });
    expect(found.events[0].data).toEqual(events[0]?.data);
    expect(found).toMatchObject({ reason: "function_error", event_count: 1, error: { name: "Error" } });
  });

  it("leaves long values out and answers them when asked", async () => {
    const long = { text: "é".repeat(5_000), keepThis: true };
    const run = await makeRun(tenantId, { output: long });
    const step = await makeStep(tenantId, run.id, { output: [long] });
    const found = await get(`/runs/${wire(run.id)}`);
    expect(found).toMatchObject({ output: null, is_output_long: true });
    expect(found.steps[0]).toMatchObject({ output: null, is_output_long: true });
    expect(await get(`/runs/${wire(run.id)}/output`)).toEqual({ output: long });
    expect(await get(`/runs/${wire(run.id)}/output?step=${step.id}`)).toEqual({ output: [long] });
    expect((await callApi("GET", `/api/v1/runs/${wire(run.id)}/output?step=none`, { key })).status).toBe(404);
  });

  it("knows its parent, its children, what it replays and what replays it", async () => {
    const at = new Date(Date.now() - minuteMs);
    const parent = await makeRun(tenantId, { scene: "invoking", at });
    const steps = (await get(`/runs/${wire(parent.id)}`)).steps;
    const child = await makeRun(tenantId, {
      trigger: "invoke",
      parentRunId: parent.id,
      parentStepId: steps[0].id,
    });
    const replay = await makeRun(tenantId, { trigger: "replay", replayOf: child.id, replayFrom: "failure" });
    expect((await get(`/runs/${wire(parent.id)}`)).children).toMatchObject([
      { id: wire(child.id), parent_step_id: steps[0].id },
    ]);
    expect(await get(`/runs/${wire(child.id)}`)).toMatchObject({
      parent: { id: wire(parent.id) },
      replays: [{ id: wire(replay.id), replay_from: "failure" }],
    });
    expect(await get(`/runs/${wire(replay.id)}`)).toMatchObject({ original: { id: wire(child.id) } });
  });

  it("of the platform shows that it ran, and nothing of what it handled", async () => {
    const secret = `secret-${uuidv7()}`;
    const run = await makeRun(platformTenant, {
      scene: "failed",
      output: secret,
      error: { name: secret, message: secret },
      events: [eventPayload(platformTenant, { data: { secret } })],
    });
    await makeStep(platformTenant, run.id, { name: "sweep", output: secret, detail: secret });
    await makeStep(platformTenant, run.id, { state: "failed", error: { name: "Error", message: secret } });
    const response = await callApi("GET", `/api/v1/runs/${wire(run.id)}`, { key });
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ works_for: "platform", status: "failed", steps: [{ name: "sweep" }, {}] });
    expect(text).not.toContain(secret);
    expect(ids(await get("/runs?limit=200"))).not.toContain(wire(run.id));
    expect(ids(await get(`/runs?works_for=platform&search=${wire(run.id)}`))).toEqual([wire(run.id)]);
    for (const path of ["/output", ""])
      expect((await callApi("GET", `/api/v1/runs/${wire(run.id)}${path}`, { key })).status).toBe(path ? 404 : 200);
    expect((await post(`/runs/${wire(run.id)}/cancel`)).status).toBe(404);
    expect((await post(`/runs/${wire(run.id)}/replay`, { from: "beginning" })).status).toBe(404);
  });
});

describe("cancelling", () => {
  it.each<RunScene>(["sleeping", "waiting", "retrying", "slot", "running"])("ends a run that is %s", async (scene) => {
    const run = await makeRun(tenantId, { scene });
    const response = await post(`/runs/${wire(run.id)}/cancel`);
    expect(response.status, await response.clone().text()).toBe(200);
    expect(await response.json()).toMatchObject({ status: "cancelled", reason: "cancelled_by_person", state: null });
    const [line] = (await get("/audit?action=run.cancelled&limit=1")).items;
    expect(line).toMatchObject({ subject: { kind: "run", id: wire(run.id) }, after: { status: "cancelled" } });
  });

  it("refuses a run that has ended, with the reason, and notes nothing", async () => {
    const run = await makeRun(tenantId, { scene: "completed" });
    const response = await post(`/runs/${wire(run.id)}/cancel`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ reason: "run_has_ended", facts: { status: "completed" } });
    const lines = (await get("/audit?action=run.cancelled&limit=200")).items;
    expect(lines.filter((line: { subject: { id: string } }) => line.subject.id === wire(run.id))).toEqual([]);
  });
});

describe("replaying", () => {
  it("from where it failed takes along what is done, from the beginning nothing", async () => {
    const run = await makeRun(tenantId, { scene: "failed" });
    await makeStep(tenantId, run.id, { name: "done before" });
    await makeStep(tenantId, run.id, { name: "broke", state: "failed" });
    const kept = await (await post(`/runs/${wire(run.id)}/replay`, { from: "failure" })).json();
    expect(kept).toMatchObject({
      status: "queued",
      trigger: "replay",
      replay_of: wire(run.id),
      replay_from: "failure",
    });
    expect(kept.steps.map((step: { name: string }) => step.name)).toEqual(["done before"]);
    await post(`/runs/${kept.id}/cancel`);
    const fresh = await (await post(`/runs/${wire(run.id)}/replay`, { from: "beginning" })).json();
    expect(fresh.steps).toEqual([]);
    const [line] = (await get("/audit?action=run.replayed&limit=1")).items;
    expect(line).toMatchObject({ subject: { id: wire(run.id) }, after: { from: "beginning", replay: fresh.id } });
  });

  it("refuses a run that is going, and a second replay while the first is", async () => {
    const going = await makeRun(tenantId, { scene: "sleeping" });
    const refused = await post(`/runs/${wire(going.id)}/replay`, { from: "beginning" });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ reason: "run_is_going" });
    const run = await makeRun(tenantId, { scene: "failed" });
    const first = await (await post(`/runs/${wire(run.id)}/replay`, { from: "failure" })).json();
    const second = await post(`/runs/${wire(run.id)}/replay`, { from: "failure" });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ reason: "replay_is_going", facts: { run_id: first.id } });
  });

  it("happens once under one Idempotency-Key", async () => {
    const run = await makeRun(tenantId, { scene: "failed" });
    const headers = { "idempotency-key": `replay-${run.id}` };
    const first = await (await post(`/runs/${wire(run.id)}/replay`, { from: "failure" }, headers)).json();
    const again = await post(`/runs/${wire(run.id)}/replay`, { from: "failure" }, headers);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await again.json()).id).toBe(first.id);
    expect((await get(`/runs/${wire(run.id)}`)).replays).toHaveLength(1);
  });
});

describe("events", () => {
  it("are listed without their data and opened with it and the runs they began", async () => {
    const here = await quiet();
    const event = await makeEvent(here.tenantId, { name: "order/paid", data: { orderId: 7 }, started: 1, resumed: 2 });
    const run = await makeRun(here.tenantId, { events: [event.payload], eventName: "order/paid" });
    await makeRun(here.tenantId, { eventName: "order/paid" });
    await makeEvent(here.tenantId, { name: "order/sent" });
    const list = await get("/engine/events?name=PAID", here.key);
    expect(list.items).toMatchObject([{ id: toWireId("engineEvent", event.id), started: 1, resumed: 2, cancelled: 0 }]);
    expect(list.items[0]).not.toHaveProperty("data");
    const found = await get(`/engine/events/${list.items[0].id}`, here.key);
    expect(found).toMatchObject({ data: { orderId: 7 }, runs: [{ id: wire(run.id) }] });
    expect(found.runs).toHaveLength(1);
    const [given] = (await get(`/runs/${wire(run.id)}`, here.key)).events;
    expect(given).toMatchObject({ event_id: list.items[0].id, data: { orderId: 7 } });
  });

  it("are read page by page", async () => {
    const here = await quiet();
    for (let i = 0; i < 3; i++) await makeEvent(here.tenantId);
    const first = await get("/engine/events?limit=2", here.key);
    const second = await get(`/engine/events?limit=2&cursor=${first.next_cursor}`, here.key);
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(3);
    expect(second.next_cursor).toBeNull();
  });

  it("begin runs that are found although a payload holds a NUL", async () => {
    const event = await makeEvent(tenantId, { data: { text: "a\u0000b" } });
    const run = await makeRun(tenantId, { events: [event.payload] });
    const found = await get(`/engine/events/${toWireId("engineEvent", event.id)}`);
    expect(ids({ items: found.runs })).toEqual([wire(run.id)]);
  });
});

describe("functions", () => {
  it("are told with what starts them, how they went here, and whether anybody serves them", async () => {
    const here = await quiet();
    const name = uuidv7().slice(-12);
    const served = `made-up-served-${name}`;
    const cron = `made-up-cron-${name}`;
    await makeFunction({ id: served, config: { triggers: [{ kind: "event", event: "a/b" }], tries: 3 } });
    await makeFunction({ id: cron, config: { triggers: [{ kind: "cron", cron: "0 3 * * *" }] } });
    const next = new Date(Date.now() + 365 * 24 * 60 * minuteMs);
    await makeCronMark(cron, "0 3 * * *", next);
    await makeWorker({ functions: [served] });
    await makeWorker({ functions: [cron], seenAt: new Date(Date.now() - 2 * minuteMs) });
    await makeRun(here.tenantId, { functionId: served });
    await makeRun(here.tenantId, { functionId: served, scene: "sleeping" });
    const newest = await makeRun(here.tenantId, { functionId: served, scene: "failed" });
    const cronRun = await makeRun(platformTenant, { functionId: cron, trigger: "cron" });
    const { items, engine } = await get("/functions", here.key);
    expect(engine).toBe("embedded");
    const find = (id: string) => items.find((item: { id: string }) => item.id === id);
    expect(find(served)).toMatchObject({
      works_for: "workspace",
      is_served: true,
      limits: ["At most 3 tries"],
      day: { completed: 1, failed: 1, cancelled: 0 },
      open: 1,
      last_run: { id: wire(newest.id), status: "failed", reason: "function_error" },
    });
    expect(find(cron)).toMatchObject({
      works_for: "platform",
      is_served: false,
      triggers: [{ kind: "cron", cron: "0 3 * * *", next_at: next.toISOString() }],
      last_run: { id: wire(cronRun.id), status: "completed" },
    });
  });
});

describe("the summary", () => {
  it("counts what runs are at, and what ended in which hour", async () => {
    const here = await quiet();
    for (const scene of ["queued", "running", "slot", "retrying", "sleeping", "waiting", "invoking"] as const)
      await makeRun(here.tenantId, { scene });
    const now = Date.now();
    await makeRun(here.tenantId, { at: new Date(now - 60 * minuteMs), tookMs: 1 });
    await makeRun(here.tenantId, { scene: "failed", at: new Date(now - 60 * minuteMs), tookMs: 1 });
    await makeRun(here.tenantId, { scene: "failed", at: new Date(now - 3 * 24 * 60 * minuteMs), tookMs: 1 });
    const summary = await get("/runs/summary", here.key);
    expect(summary.now).toEqual({ running: 1, queued: 3, sleeping: 1, waiting: 2, is_at_least: false });
    expect(summary.day).toEqual({ completed: 1, failed: 1, cancelled: 0 });
    expect(summary.hours).toHaveLength(24);
    expect(summary.hours[22]).toMatchObject({ completed: 1, failed: 1 });
    expect(new Date(summary.hours[23].at).getTime()).toBeLessThanOrEqual(now);
  });
});

describe("another workspace", () => {
  it("finds nothing of it, whatever it asks", async () => {
    const run = await makeRun(tenantId, { scene: "sleeping" });
    const event = await makeEvent(tenantId);
    const stranger = await quiet();
    expect(ids(await get(`/runs?search=${wire(run.id)}`, stranger.key))).toEqual([]);
    for (const path of [`/runs/${wire(run.id)}`, `/runs/${wire(run.id)}/output`, `/engine/events/${event.id}`])
      expect((await callApi("GET", `/api/v1${path}`, { key: stranger.key })).status, path).toBe(404);
    const cancelled = await callApi("POST", `/api/v1/runs/${wire(run.id)}/cancel`, { key: stranger.key });
    expect(cancelled.status).toBe(404);
    expect((await get(`/runs/${wire(run.id)}`)).status).toBe("running");
  });

  it("and a viewer of this one are refused", async () => {
    const viewer = await makeMember(tenantId, { role: "viewer" });
    const { cookie } = await cookieOf(viewer.personId, { activeTenantId: tenantId });
    expect((await callApi("GET", "/api/v1/runs", { cookie })).status).toBe(403);
  });
});
