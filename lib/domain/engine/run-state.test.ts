import { describe, expect, it } from "vitest";
import { decideRunState, type StateFacts } from "./run-state";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, second));
type Job = StateFacts["jobs"][number];
type Step = StateFacts["steps"][number];

const job = (overrides: Partial<Job> = {}): Job => ({
  kind: "call",
  dueAt: at(0),
  leaseUntil: null,
  gate: null,
  attempt: 0,
  ...overrides,
});
const step = (overrides: Partial<Step> = {}): Step => ({
  name: "a nap",
  state: "sleeping",
  until: at(90),
  detail: null,
  ...overrides,
});
const facts = (overrides: Partial<StateFacts> = {}): StateFacts => ({
  status: "running",
  createdAt: at(0),
  startedAt: at(1),
  now: at(30),
  jobs: [],
  steps: [],
  ...overrides,
});
const timer = job({ kind: "timer", gate: "time", dueAt: at(90) });

describe("what a run does now", () => {
  it.each(["completed", "failed", "cancelled"] as const)("is nothing once it has %s", (status) => {
    expect(decideRunState(facts({ status, jobs: [job()] }))).toBeNull();
  });

  it.each<[string, Partial<StateFacts>, unknown]>([
    ["works under a lease", { jobs: [job({ leaseUntil: at(40) })] }, { kind: "running", since: at(1) }],
    ["is free again when its worker died", { jobs: [job({ leaseUntil: at(20) })] }, { kind: "queued", since: at(1) }],
    ["has not begun", { status: "queued", startedAt: null, jobs: [job()] }, { kind: "queued", since: at(0) }],
    ["waits for a slot", { jobs: [job({ gate: "fn:import:ws" })] }, { kind: "slot", limit: "fn:import:ws" }],
    [
      "tries again later",
      { jobs: [job({ gate: "time", dueAt: at(60), attempt: 2 })] },
      { kind: "retry", at: at(60), failed: 2 },
    ],
    ["was put off", { jobs: [job({ gate: "time", dueAt: at(60) })] }, { kind: "later", until: at(60) }],
    [
      "is due although nobody has let it through yet",
      { jobs: [job({ gate: "time", dueAt: at(29) })] },
      { kind: "queued", since: at(1) },
    ],
    ["sleeps", { jobs: [timer], steps: [step()] }, { kind: "sleep", until: at(90), step: "a nap" }],
    [
      "waits for an event",
      { jobs: [timer], steps: [step({ name: "the reply", state: "waiting", detail: "reply/received" })] },
      { kind: "event", event: "reply/received", until: at(90), step: "the reply" },
    ],
    [
      "waits for another function, however long",
      { steps: [step({ name: "ask", state: "invoking", until: null, detail: "madan-sara-score" })] },
      { kind: "invoke", function: "madan-sara-score", until: null, step: "ask" },
    ],
    [
      "works on one branch while another sleeps",
      { jobs: [timer, job({ leaseUntil: at(40) })], steps: [step()] },
      { kind: "running", since: at(1) },
    ],
    [
      "sleeps until the first of several ends",
      {
        jobs: [timer],
        steps: [
          step({ name: "forever", state: "invoking", until: null }),
          step({ until: at(120), name: "long" }),
          step(),
        ],
      },
      { kind: "sleep", until: at(90), step: "a nap" },
    ],
    ["is between two calls", { jobs: [], steps: [] }, { kind: "queued", since: at(1) }],
  ])("%s", (_, given, expected) => {
    expect(decideRunState(facts(given))).toEqual(expected);
  });
});
