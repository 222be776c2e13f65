import { describe, expect, it } from "vitest";
import { describeFunction, functionWords } from "./describe-function";

describe("a function in words", () => {
  it("names what starts it", () => {
    const { triggers } = describeFunction({
      triggers: [
        { kind: "event", event: "audit/check-due", condition: "event.data.full" },
        { event: "old/spelling", expression: "event.data.x == 1" },
        { kind: "cron", cron: "TZ=America/Port-au-Prince 0 3 * * *" },
        { something: "else" },
      ],
    });
    expect(triggers).toEqual([
      { kind: "event", event: "audit/check-due", condition: "event.data.full" },
      { kind: "event", event: "old/spelling", condition: "event.data.x == 1" },
      { kind: "cron", cron: "TZ=America/Port-au-Prince 0 3 * * *" },
    ]);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{ tries: 5 }, ["At most 5 tries"]],
    [{ tries: 1 }, ["One try"]],
    [{ concurrency: [{ limit: 1, key: "event.data.tenantId", scope: "fn" }] }, ["One at a time for each tenantId"]],
    [{ concurrency: 4 }, ["4 at a time"]],
    [{ concurrency: [{ limit: 10, key: null, scope: "env" }] }, ["10 at a time of all functions"]],
    [{ throttle: { limit: 1, periodMs: 60_000, burst: 1, key: null } }, ["Begins one run in one minute"]],
    [
      { throttle: { limit: 20, periodMs: 7_200_000, burst: 5, key: "event.data.channelId" } },
      ["Begins up to 20 runs in 2 hours, up to 5 more at once for each channelId"],
    ],
    [{ batch: { maxSize: 50, timeoutMs: 5_000, key: null } }, ["Gathers up to 50 events, or what came in 5 seconds"]],
    [
      { debounce: { periodMs: 1_500, timeoutMs: null, key: null } },
      ["Waits for 1500 ms of quiet, then takes the last event"],
    ],
    [{ cancelOn: [{ event: "campaign/stopped" }] }, ["Cancelled by campaign/stopped"]],
    [{ idempotency: "event.data.id" }, ["Once in 24 hours for each event.data.id"]],
    [{}, []],
    [{ triggers: "nonsense", concurrency: null, batch: [] }, []],
  ])("%j limits itself to %j", (config, limits) => {
    expect(describeFunction(config).limits).toEqual(limits);
  });

  it.each([
    ["madan-sara-check-audit-chain", "check-audit-chain", "Check audit chain"],
    ["madan-sara-check-audit-chain", null, "Check audit chain"],
    ["madan-sara-x", "Score a contact", "Score a contact"],
    ["other_app-do_it", null, "Other app do it"],
    ["madan-sara-", null, "madan-sara-"],
  ])("%s (%j) is called %s", (id, name, words) => {
    expect(functionWords(id, name)).toBe(words);
  });
});
