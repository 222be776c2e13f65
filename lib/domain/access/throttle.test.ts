import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMs } from "@/lib/kernel/time";
import { countAttempt, mayTry, type ThrottleState, throttleRules } from "./throttle";

const start = new Date("2026-11-21T09:00:00Z");
const rule = throttleRules.account;

function attempts(count: number): ThrottleState {
  let state: ThrottleState | null = null;
  for (let i = 0; i < count; i++) state = countAttempt(state, rule, start);
  if (!state) throw new Error("none");
  return state;
}

describe("a throttle", () => {
  it("lets the free tries pass, then doubles the wait", () => {
    expect(mayTry(attempts(rule.free - 1), start)).toEqual({ kind: "go" });
    expect(mayTry(attempts(rule.free), start)).toEqual({ kind: "wait", seconds: 2 });
    expect(mayTry(attempts(rule.free + 1), start)).toEqual({ kind: "wait", seconds: 4 });
    expect(mayTry(attempts(rule.free + 3), start)).toEqual({ kind: "wait", seconds: 16 });
  });

  it("never locks for ever, however many tries there were", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const state = attempts(count);
        expect(mayTry(state, addMs(start, rule.longestWaitMs))).toEqual({ kind: "go" });
      }),
    );
  });

  it("forgets when its window has passed", () => {
    const state = attempts(rule.free + 2);
    expect(countAttempt(state, rule, addMs(start, rule.windowMs)).attempts).toBe(1);
  });

  it("remembers a wait that lasts longer than its window", () => {
    const late = addMs(start, rule.windowMs - 1);
    const state = countAttempt(attempts(rule.free + 20), rule, late);
    expect(countAttempt(state, rule, addMs(late, 2)).attempts).toBe(state.attempts + 1);
  });
});
