import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformTenant } from "@/lib/domain/engine/vocabulary";
import { readConfigs } from "./config";
import { joinBatch, newRun, passThrottle, payloadOf, startsOf } from "./intake";

const at = new Date("2026-11-21T10:00:00Z");
const later = (ms: number) => new Date(at.getTime() + ms);
const configOf = (more: Record<string, unknown>) => {
  const [config] = readConfigs([{ id: "app-fn", name: "fn", triggers: [{ event: "a/b" }], steps: {}, ...more }]);
  if (!config) throw new Error("no config");
  return config;
};
const event = (data: Record<string, unknown> = {}, name = "a/b") => ({
  tenantId: platformTenant,
  id: "id",
  key: "key",
  name,
  data,
  seq: 7,
  occurredAt: at,
  subject: null,
});
const startOf = (config: ReturnType<typeof configOf>, data = {}) => ({
  config,
  event: event(data),
  payload: payloadOf(event(data)),
});

describe("an event", () => {
  it("starts each function that names it, once, and none whose condition it does not meet", () => {
    const twice = { ...configOf({ triggers: [{ event: "a/b" }, { event: "a/b" }] }), id: "twice" };
    const picky = { ...configOf({ triggers: [{ event: "a/b", expression: "event.data.n > 5" }] }), id: "picky" };
    const other = { ...configOf({ triggers: [{ event: "x/y" }] }), id: "other" };
    const configs = new Map([twice, picky, other].map((config) => [config.id, config]));
    expect(startsOf([event({ n: 1 })], configs).map(({ config }) => config.id)).toEqual(["twice"]);
    expect(startsOf([event({ n: 9 })], configs).map(({ config }) => config.id)).toEqual(["twice", "picky"]);
  });
});

describe("a throttle", () => {
  const pace = { limit: 2, periodMs: 1_000, burst: 1 };

  it("lets the first begin at once, and each other half a second after the one before", () => {
    let next: Date | null = null;
    const starts: (Date | null)[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const passage = passThrottle(next, pace, at);
      starts.push(passage.startAt);
      next = passage.next;
    }
    expect(starts).toEqual([null, later(500), later(1_000), later(1_500)]);
  });

  it("lets a burst begin together", () => {
    let next: Date | null = null;
    const starts: (Date | null)[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const passage = passThrottle(next, { ...pace, burst: 3 }, at);
      starts.push(passage.startAt);
      next = passage.next;
    }
    expect(starts).toEqual([null, null, null, later(500)]);
  });

  it("never lets more begin in a period than its limit and its burst", () => {
    const some = fc.record({ limit: fc.integer({ min: 1, max: 5 }), burst: fc.integer({ min: 1, max: 4 }) });
    const gaps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(some, gaps, ({ limit, burst }, waits) => {
        let [now, next] = [at.getTime(), null as Date | null];
        const begun: number[] = [];
        for (const wait of waits) {
          now += wait;
          const passage = passThrottle(next, { limit, burst, periodMs: 1_000 }, new Date(now));
          next = passage.next;
          begun.push((passage.startAt ?? new Date(now)).getTime());
        }
        for (const from of begun)
          expect(begun.filter((one) => one >= from && one < from + 1_000).length).toBeLessThanOrEqual(limit + burst);
      }),
    );
  });
});

describe("a batch", () => {
  const key = { tenantId: platformTenant, functionId: "app-fn", key: "" };

  it("is full with its last event, and due when its time is over", () => {
    const start = startOf(configOf({ batchEvents: { maxSize: 2, timeout: "5s" } }));
    const first = joinBatch(null, start, key, at);
    expect(first).toMatchObject({ isFull: false, batch: { dueAt: later(5_000) } });
    const second = joinBatch(first.batch, start, key, later(1_000));
    expect(second).toMatchObject({ isFull: true, batch: { dueAt: later(5_000) } });
    expect(second.batch.events).toHaveLength(2);
  });

  it("of one that is debounced holds the last event, put off each time, but not for ever", () => {
    const config = configOf({ debounce: { period: "2s", timeout: "5s" } });
    let batch = joinBatch(null, startOf(config, { n: 1 }), key, at).batch;
    expect(batch.dueAt).toEqual(later(2_000));
    batch = joinBatch(batch, startOf(config, { n: 2 }), key, later(1_500)).batch;
    expect(batch.dueAt).toEqual(later(3_500));
    batch = joinBatch(batch, startOf(config, { n: 3 }), key, later(3_400)).batch;
    expect(batch.dueAt).toEqual(later(5_000));
    expect(batch.events.map(({ data }) => data)).toEqual([{ n: 3 }]);
  });
});

describe("a run", () => {
  const intake = { now: undefined as never, at: () => at, newId: () => "new", configs: new Map() };
  const draft = (config: ReturnType<typeof configOf>, data = {}) => ({
    config,
    tenantId: platformTenant,
    events: [payloadOf(event(data))],
    position: "7",
    subject: null,
    trigger: "event" as const,
  });

  it("goes ahead of others by its priority", () => {
    const config = configOf({ priority: { run: "event.data.rank" } });
    expect(newRun(draft(config, { rank: 60 }), null, intake).sortAt).toBe(later(-60_000).toISOString());
    expect(newRun(draft(config, { rank: -60 }), null, intake).sortAt).toBe(later(60_000).toISOString());
  });

  it("listens for what cancels it, by the value of its own event", () => {
    const config = configOf({
      cancel: [
        { event: "a/stop", if: "event.data.id == async.data.id", timeout: "1h" },
        { event: "a/all" },
        { event: "a/never", if: "event.data.missing == async.data.id" },
      ],
    });
    expect(newRun(draft(config, { id: "c1" }), null, intake).cancelledBy).toEqual([
      { eventName: "a/stop", match: "data.id=s:c1", condition: null, until: later(3_600_000) },
      { eventName: "a/all", match: null, condition: null, until: null },
    ]);
  });
});
