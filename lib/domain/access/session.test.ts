import { describe, expect, it } from "vitest";
import { addMs } from "@/lib/kernel/time";
import { isFreshlyProven, judgeSession, sessionLife } from "./session";

const now = new Date("2026-11-21T09:00:00Z");
const facts = (overrides: Partial<Parameters<typeof judgeSession>[0]> = {}) => ({
  lastSeenAt: now,
  expiresAt: addMs(now, 1),
  awaitsSecondFactor: false,
  ...overrides,
});
const judge = (overrides: Parameters<typeof facts>[0]) => {
  const verdict = judgeSession(facts(overrides), now);
  return verdict.kind === "open" ? "open" : verdict.because;
};

describe("a session", () => {
  it("is open while it is used and young", () => expect(judge({})).toBe("open"));
  it("ends on the moment of its end", () => expect(judge({ expiresAt: now })).toBe("expired"));
  it("ends after twelve hours without use", () => {
    expect(judge({ lastSeenAt: addMs(now, 1 - sessionLife.idleMs) })).toBe("open");
    expect(judge({ lastSeenAt: addMs(now, -sessionLife.idleMs) })).toBe("idle");
  });
  it("opens nothing before the second factor", () =>
    expect(judge({ awaitsSecondFactor: true })).toBe("second_factor_missing"));
  it("waits a quarter of an hour for the second factor", () => {
    const half = (ms: number) => judge({ awaitsSecondFactor: true, lastSeenAt: addMs(now, ms) });
    expect(half(1 - sessionLife.halfOpenMs)).toBe("second_factor_missing");
    expect(half(-sessionLife.halfOpenMs)).toBe("expired");
  });
  it("is freshly proven for a quarter of an hour", () => {
    expect(isFreshlyProven({ provenAt: addMs(now, 1 - sessionLife.provenMs) }, now)).toBe(true);
    expect(isFreshlyProven({ provenAt: addMs(now, -sessionLife.provenMs) }, now)).toBe(false);
  });
});
