import { describe, expect, it } from "vitest";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import { answersOf, faultOf, holds, keyOf, matchOf, priorityOf } from "./expressions";

const event = (data: Record<string, unknown>, name = "order/placed"): EventPayload => ({ id: "e1", name, data, ts: 1 });

describe("a condition", () => {
  it.each([
    ["event.data.id == async.data.id", true],
    ["event.data.id != async.data.id", false],
    ["event.data.total > 10", true],
    ["event.data.total + 1 == 21.5", true],
    ["event.data.tags.exists(t, t == 'vip')", true],
    ["event.data.missing == async.data.missing", false],
    ["event.data.missing.deeper == 'x'", false],
    ["has(event.data.missing) || event.data.id == 'a'", true],
    ["'not a boolean'", false],
    ["nobody.knows", false],
  ])("%s is %s", (expression, answer) => {
    const scope = { event: event({ id: "a", total: 20.5, tags: ["vip"] }), async: event({ id: "a" }) };
    expect(holds(expression, scope)).toBe(answer);
  });

  it.each(["event.data.id ==", "", "event.data[", "1 +* 2"])("%j cannot be used, and says why", (expression) => {
    expect(faultOf(expression)).toBeTypeOf("string");
  });
});

describe("a key", () => {
  it.each([
    ["event.data.id", "a"],
    ["event.data.n", "1"],
    ["event.data.flag", "true"],
    ["event.data.nothing", ""],
    ["event.data.missing", ""],
    ["event.data.id + '-' + event.data.n", "a-1"],
    ["event.data.list", '["x",2]'],
  ])("%s is %j", (expression, key) => {
    expect(keyOf(expression, { event: event({ id: "a", n: 1, flag: true, nothing: null, list: ["x", 2] }) })).toBe(key);
  });
});

it("a priority stays within ten minutes, and is none where it cannot be read", () => {
  const scope = { event: event({ plan: "gold" }) };
  expect(priorityOf("event.data.plan == 'gold' ? 120 : 0", scope)).toBe(120);
  expect(priorityOf("9999", scope)).toBe(600);
  expect(priorityOf("-9999", scope)).toBe(-600);
  expect(priorityOf("event.data.missing", scope)).toBe(0);
  expect(priorityOf("'soon'", scope)).toBe(0);
});

describe("an equality", () => {
  it("is kept as one word, to which exactly the events answer that fulfil it", () => {
    const own = event({ id: "c1", nested: { n: 7 } });
    const match = matchOf("event.data.nested.n == async.data.n", own);
    expect(match).toEqual({ match: "data.n=v:7", condition: null });
    expect(answersOf(event({ n: 7 }))).toContain("data.n=v:7");
    expect(answersOf(event({ n: "7" }))).not.toContain("data.n=v:7");
  });

  it("is met by nothing where the run's own event lacks the field", () => {
    expect(matchOf("event.data.id == async.data.id", event({}))).toBe("never");
    expect(matchOf("event.data.__proto__ == async.data.id", event({}))).toBe("never");
  });

  it("is left to be tried one by one where it is more than that", () => {
    const expression = "event.data.id == async.data.id && async.data.ok";
    expect(matchOf(expression, event({ id: "a" }))).toEqual({ match: null, condition: expression });
    expect(matchOf(undefined, event({}))).toEqual({ match: null, condition: null });
  });

  it("does not drown in data that is deep or wide", () => {
    let deep: Record<string, unknown> = { id: "x" };
    for (let level = 0; level < 1000; level++) deep = { deep };
    expect(answersOf(event(deep)).length).toBeLessThan(10);
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, at]));
    expect(answersOf(event(wide)).length).toBeLessThanOrEqual(500);
  });
});
