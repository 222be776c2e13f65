import { describe, expect, it } from "vitest";
import { durationMs, momentOf } from "./embedded/duration";
import { askedDelayMs, retryDelayMs } from "./retry";

describe("the wait before the next try", () => {
  const backoff = { baseMs: 2_000, capMs: 60_000, jitter: () => 1 };

  it("doubles, is capped, and keeps to the upper half", () => {
    expect([0, 1, 2, 3, 4, 5, 20, 1000].map((attempt) => retryDelayMs(attempt, null, backoff))).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
    expect(retryDelayMs(1, null, { ...backoff, jitter: () => 0 })).toBe(2_000);
  });

  it("is what the function asked for, up to six hours", () => {
    expect(retryDelayMs(3, 5_000, backoff)).toBe(5_000);
    expect(retryDelayMs(3, 0, backoff)).toBe(0);
    expect(retryDelayMs(0, 9e9, backoff)).toBe(6 * 3_600_000);
  });

  it("is asked for in seconds or as a date", () => {
    const now = Date.parse("2026-11-21T10:00:00Z");
    expect(askedDelayMs("30", now)).toBe(30_000);
    expect(askedDelayMs("2026-11-21T10:01:00.000Z", now)).toBe(60_000);
    expect(askedDelayMs("2020-01-01T00:00:00Z", now)).toBe(0);
    expect(askedDelayMs("soon", now)).toBeNull();
    expect(askedDelayMs(null, now)).toBeNull();
  });
});

describe("a duration", () => {
  it.each([
    ["2s", 2_000],
    ["1d12h", 129_600_000],
    ["1w", 604_800_000],
    ["1h1m1s", 3_661_000],
    ["500ms", 500],
    ["1.5h", 5_400_000],
  ])("%s", (text, ms) => expect(durationMs(text)).toBe(ms));

  it.each(["", "soon", "5", "5x", "2s and", "-2s"])("is not %j", (text) => expect(durationMs(text)).toBeNull());

  it("or a moment: the SDK writes both", () => {
    const now = new Date("2026-11-21T10:00:00Z");
    expect(momentOf("90s", now)).toEqual(new Date("2026-11-21T10:01:30Z"));
    expect(momentOf("2027-01-01T00:00:00.000Z", now)).toEqual(new Date("2027-01-01T00:00:00Z"));
    expect(momentOf("whenever", now)).toBeNull();
  });
});
