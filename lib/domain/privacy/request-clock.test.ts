import { describe, expect, it } from "vitest";
import { addMs, dayMs } from "@/lib/kernel/time";
import { dueAt, requestClock } from "./request-clock";

const received = new Date("2026-11-01T09:00:00Z");
const due = dueAt(received);
const at = (days: number) => addMs(received, days * dayMs);

describe("the clock of a data request", () => {
  it("gives thirty days", () => expect(due.toISOString()).toBe("2026-12-01T09:00:00.000Z"));

  it.each([
    [0, { kind: "running", daysLeft: 30, isPressing: false }],
    [22.9, { kind: "running", daysLeft: 8, isPressing: false }],
    [23, { kind: "running", daysLeft: 7, isPressing: true }],
    [29.5, { kind: "running", daysLeft: 1, isPressing: true }],
    [30, { kind: "running", daysLeft: 0, isPressing: true }],
    [30.01, { kind: "overdue", daysLate: 1 }],
    [32.5, { kind: "overdue", daysLate: 3 }],
  ] as const)("after %d days", (days, expected) => {
    expect(requestClock({ state: "open", dueAt: due }, at(days))).toEqual(expected);
  });

  it("stops with the answer", () => {
    for (const state of ["done", "refused"] as const)
      expect(requestClock({ state, dueAt: due }, at(90))).toEqual({ kind: "stopped" });
  });
});
