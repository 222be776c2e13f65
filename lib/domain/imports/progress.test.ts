import { describe, expect, it } from "vitest";
import { progressOf } from "./progress";

const startedAt = new Date("2026-11-02T09:00:00Z");
const later = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

describe("the progress of an import", () => {
  it("tells rate and time left from what is done", () => {
    const facts = { rows: 100_000, done: 20_000, startedAt, endedAt: null, now: later(4) };
    expect(progressOf(facts)).toEqual({ rowsPerSecond: 5_000, secondsLeft: 16 });
  });

  it("says nothing before the first row", () => {
    const nothing = { rowsPerSecond: null, secondsLeft: null };
    expect(progressOf({ rows: 10, done: 0, startedAt, endedAt: null, now: later(4) })).toEqual(nothing);
    expect(progressOf({ rows: 10, done: 0, startedAt: null, endedAt: null, now: later(4) })).toEqual(nothing);
  });

  it("keeps the rate of the whole when it has ended, and has no time left", () => {
    const facts = { rows: 100_000, done: 100_000, startedAt, endedAt: later(20), now: later(9_000) };
    expect(progressOf(facts)).toEqual({ rowsPerSecond: 5_000, secondsLeft: null });
  });

  it("is never infinite or negative, whatever the clocks say", () => {
    const facts = { rows: 10, done: 12, startedAt, endedAt: null, now: later(-5) };
    const { rowsPerSecond, secondsLeft } = progressOf(facts);
    expect(Number.isFinite(rowsPerSecond)).toBe(true);
    expect(secondsLeft).toBe(0);
  });
});
