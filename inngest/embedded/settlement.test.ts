import { describe, expect, it } from "vitest";
import { readConfigs } from "./config";
import { limits } from "./limits";
import { type Answer, readAnswer } from "./protocol";
import { type CallFacts, refuseCall, settle, settleLost } from "./settlement";

const at = new Date("2026-11-21T10:00:00Z");
const [config] = readConfigs([
  { id: "app-fn", name: "fn", triggers: [], steps: { step: { retries: { attempts: 2 } } } },
]);
if (!config) throw new Error("no config");

const facts = (more: { job?: Partial<CallFacts["job"]>; run?: Partial<CallFacts["run"]> } = {}): CallFacts => ({
  job: {
    tenant_uuid: "t",
    run_id: "r",
    step_id: "",
    kind: "call",
    function_id: "app-fn",
    token: 3,
    attempt: 0,
    lost: 0,
    revision: 0,
    key_1: "k1",
    key_2: null,
    sort_at: "2026-11-21",
    position: "1",
    expired: false,
    ...more.job,
  },
  run: {
    tenant_uuid: "t",
    id: "r",
    function_id: "app-fn",
    trigger: "event",
    was: "running",
    events: [{ id: "e", name: "a/b", data: { id: "c1" }, ts: 1 }],
    parent_run_id: null,
    parent_step_id: null,
    subject_kind: null,
    subject_id: null,
    key_1: "k1",
    key_2: null,
    sort_at: "2026-11-21",
    position: "1",
    memo: [],
    step_count: 0,
    memo_bytes: 0,
    open: [],
    ...more.run,
  },
  config,
  at,
  backoff: { baseMs: 2_000, capMs: 60_000, jitter: () => 1 },
  newId: () => "new",
});
const ops = (...list: object[]): Answer => ({ status: 206, headers: {}, body: JSON.stringify(list) });
const settled = (answer: Answer, more: Parameters<typeof facts>[0] = {}) => settle(readAnswer(answer), facts(more));

describe("an answer of the SDK", () => {
  it("with the function's result ends the run", () => {
    expect(settled({ status: 200, headers: {}, body: '{"a":1}' }).end).toEqual({
      status: "completed",
      output: '{"a":1}',
    });
    expect(settled(ops({ op: "RunComplete", id: "x", data: null })).end).toEqual({
      status: "completed",
      output: "null",
    });
  });

  it("with a step's result records it and calls again", () => {
    const { steps, job, end } = settled(ops({ op: "StepRun", id: "s1", displayName: "one", data: { a: 1 } }));
    expect(steps).toMatchObject([{ id: "s1", name: "one", state: "done", output: '{"a":1}' }]);
    expect([job, end]).toEqual([{ kind: "again", attempt: 0, delayMs: 0 }, null]);
  });

  it("with planned steps gives each its own work, and leaves alone what is under way", () => {
    const planned = [
      { op: "StepPlanned", id: "a", name: "a" },
      { op: "StepPlanned", id: "b", name: "b" },
    ];
    const { jobs, job } = settled(ops(...planned), { run: { open: ["a"] } });
    expect(jobs.map(({ stepId, kind, key1 }) => [stepId, kind, key1])).toEqual([["b", "call", "k1"]]);
    expect(job).toEqual({ kind: "done" });
  });

  it("with a sleep sets the time to wake at, and holds no slot for it", () => {
    const { steps, jobs } = settled(ops({ op: "Sleep", id: "s", name: "1h" }));
    const until = new Date("2026-11-21T11:00:00Z");
    expect(steps).toMatchObject([{ state: "sleeping", until }]);
    expect(jobs).toMatchObject([{ kind: "timer", dueAt: until, key1: null }]);
  });

  it("with a wait listens for the event, by the value of the run's own", () => {
    const wait = {
      op: "WaitForEvent",
      id: "w",
      name: "a/c",
      opts: { timeout: "1d", if: "event.data.id == async.data.id" },
    };
    const { waits, jobs } = settled(ops(wait));
    expect(waits).toMatchObject([{ stepId: "w", eventName: "a/c", match: "data.id=s:c1" }]);
    expect(jobs).toMatchObject([{ kind: "timer", dueAt: new Date("2026-11-22T10:00:00Z") }]);
  });

  it("with an invocation names the function and its data", () => {
    const { invokes } = settled(
      ops({ op: "InvokeFunction", id: "i", opts: { function_id: "f", payload: { data: { n: 1 } } } }),
    );
    expect(invokes).toEqual([{ stepId: "i", functionId: "f", data: { n: 1 } }]);
  });

  it("from a step's own call wakes the run", () => {
    const own = { job: { step_id: "a" } };
    const { wake, job } = settled(ops({ op: "StepRun", id: "a", data: 1 }), own);
    expect([wake, job]).toEqual([true, { kind: "done" }]);
  });

  it("that something threw is tried again later, as often as the function wants", () => {
    const thrown: Answer = {
      status: 500,
      headers: { "x-inngest-no-retry": "false" },
      body: '{"name":"Error","message":"no"}',
    };
    expect(settled(thrown).job).toEqual({ kind: "again", attempt: 1, delayMs: 2_000 });
    expect(settled(thrown, { job: { attempt: 1 } }).job).toEqual({ kind: "again", attempt: 2, delayMs: 4_000 });
    expect(settled(thrown, { job: { attempt: 2 } }).end).toMatchObject({ status: "failed", reason: "function_error" });
  });

  it("that asks for a time is given it", () => {
    const thrown: Answer = { status: 500, headers: { "retry-after": "90" }, body: "{}" };
    expect(settled(thrown).job).toEqual({ kind: "again", attempt: 1, delayMs: 90_000 });
  });

  it("that trying again is no use ends the run at once", () => {
    const final: Answer = {
      status: 400,
      headers: { "x-inngest-no-retry": "true" },
      body: '{"name":"NonRetriableError","message":"never"}',
    };
    expect(settled(final).end).toMatchObject({ status: "failed", error: { message: "never" } });
  });

  it("of a step that threw for the last time is the function's to catch", () => {
    const error = { name: "Error", message: "no" };
    const { steps, end, job } = settled(ops({ op: "StepError", id: "s", name: "s", error }), { job: { attempt: 2 } });
    expect(steps).toMatchObject([{ id: "s", state: "failed", error }]);
    expect([end, job]).toEqual([null, { kind: "again", attempt: 0, delayMs: 0 }]);
  });

  it("that wants what the engine does not do ends the run with that reason", () => {
    expect(settled(ops({ op: "WaitForSignal", id: "s" })).end).toMatchObject({ reason: "unsupported" });
  });

  it("that is too big, or one step too many, ends the run with that reason", () => {
    const big = "x".repeat(limits.stepBytes);
    expect(settled(ops({ op: "StepRun", id: "s", data: big })).end).toMatchObject({ reason: "over_limit" });
    const many = { run: { step_count: limits.stepsARun } };
    expect(settled(ops({ op: "StepRun", id: "s", data: 1 }), many).end).toMatchObject({ reason: "over_limit" });
  });

  it("that says nothing at all does not leave the run standing", () => {
    expect(settled(ops()).job).toMatchObject({ kind: "again", attempt: 1 });
    expect(settled(ops(), { run: { open: ["a"] } }).job).toEqual({ kind: "done" });
  });

  it("that cannot be read is an error like any other", () => {
    expect(settled({ status: 502, headers: {}, body: "<html>" }).job).toMatchObject({ kind: "again", attempt: 1 });
  });
});

describe("a call that came to nothing", () => {
  it("is made again, and in the end given up", () => {
    const error = { name: "TooSlow", message: "late" };
    expect(settleLost(error, "too_slow", facts()).job).toMatchObject({ kind: "again", attempt: 1 });
    expect(settleLost(error, "too_slow", facts({ job: { attempt: 2 } })).end).toMatchObject({ reason: "too_slow" });
  });

  it("is not made where its process died with it again and again, or its memory is too much", () => {
    expect(refuseCall(facts())).toBeNull();
    expect(refuseCall(facts({ job: { lost: limits.lostCalls + 1 } }))).toMatchObject({ reason: "worker_lost" });
    expect(refuseCall(facts({ run: { memo_bytes: limits.runBytes + 1 } }))).toMatchObject({ reason: "over_limit" });
  });
});
