import { describe, expect, it } from "vitest";
import { nextTick, readConfigs, UnsupportedFunction } from "./config";

const base = { id: "app-fn", name: "fn", triggers: [{ event: "a/b" }], steps: { step: { id: "step" } } };
const read = (more: Record<string, unknown>) => readConfigs([{ ...base, ...more }])[0];

describe("a function's settings", () => {
  it("are read as the SDK writes them", () => {
    expect(
      read({
        triggers: [{ event: "a/b", expression: "event.data.ok" }, { cron: "TZ=Europe/Berlin 0 9 * * *" }],
        steps: { step: { id: "step", retries: { attempts: 2 } } },
        concurrency: { limit: 3, key: "event.data.id" },
        throttle: { limit: 2, period: "1m", key: "event.data.id" },
        cancel: [{ event: "a/stop", if: "async.data.id == event.data.id", timeout: "1d" }],
        idempotency: "event.data.id",
        priority: { run: "event.data.rank" },
      }),
    ).toMatchObject({
      tries: 3,
      triggers: [
        { kind: "event", event: "a/b", condition: "event.data.ok" },
        { kind: "cron", cron: "TZ=Europe/Berlin 0 9 * * *" },
      ],
      concurrency: [{ limit: 3, key: "event.data.id", scope: "fn" }],
      throttle: { limit: 2, periodMs: 60_000, burst: 1 },
      cancelOn: [{ event: "a/stop", timeoutMs: 86_400_000 }],
      idempotency: "event.data.id",
      priority: "event.data.rank",
    });
  });

  it("have five tries where nothing is said", () => expect(read({})?.tries).toBe(5));

  it.each<[string, Record<string, unknown>]>([
    ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
    ["singleton", { singleton: { mode: "skip" } }],
    ["timeouts", { timeouts: { start: "1m" } }],
    ["something", { something: 1 }],
    ["batchEvents.if", { batchEvents: { maxSize: 2, timeout: "1s", if: "true" } }],
    ["batchEvents.maxSize", { batchEvents: { maxSize: 101, timeout: "1s" } }],
    ["debounce", { debounce: { period: "1s" }, batchEvents: { maxSize: 2, timeout: "1s" } }],
    ["concurrency", { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }],
    ["concurrency.scope", { concurrency: [{ limit: 1, scope: "account", key: "'x'" }] }],
    ["concurrency.key", { concurrency: [{ limit: 1, key: "event.data." }] }],
    ["concurrency.limit", { concurrency: [{ limit: 1.5 }] }],
    ["throttle.period", { throttle: { limit: 1, period: "often" } }],
    ["triggers.cron", { triggers: [{ cron: "* * * * * *" }] }],
    ["triggers.cron", { triggers: [{ cron: "TZ=Nowhere/City 0 9 * * *" }] }],
    ["triggers.cron", { triggers: [{ cron: "0 0 31 2 *" }] }],
    ["triggers.cron.jitter", { triggers: [{ cron: "0 9 * * *", jitter: "1m" }] }],
    ["triggers.if", { triggers: [{ event: "a", expression: "1 ==" }] }],
    ["triggers", { triggers: Array.from({ length: 11 }, (_, at) => ({ event: `e${at}` })) }],
    ["cancelOn", { cancel: Array.from({ length: 6 }, (_, at) => ({ event: `e${at}` })) }],
    ["retries", { steps: { step: { retries: { attempts: 21 } } } }],
    ["idempotency", { idempotency: "event.data.(" }],
    ["priority.run", { priority: { run: "((" } }],
  ])("are refused by name: %s", (option, more) => {
    expect(() => read(more)).toThrow(UnsupportedFunction);
    expect(() => read(more)).toThrow(`"app-fn" cannot run on the embedded engine: ${option} `);
  });

  it("are refused where two functions share a name", () => {
    expect(() => readConfigs([base, base])).toThrow(/given to two functions/);
  });
});

describe("a schedule", () => {
  it("is read in its zone, through the change of the clock", () => {
    const cron = "TZ=Europe/Berlin 0 9 * * *";
    expect(nextTick(cron, new Date("2026-03-28T09:00:00Z"))).toEqual(new Date("2026-03-29T07:00:00Z"));
    expect(nextTick(cron, new Date("2026-10-24T08:00:00Z"))).toEqual(new Date("2026-10-25T08:00:00Z"));
  });

  it("is in UTC where no zone is named", () => {
    expect(nextTick("30 12 * * *", new Date("2026-11-21T10:00:00Z"))).toEqual(new Date("2026-11-21T12:30:00Z"));
  });
});
