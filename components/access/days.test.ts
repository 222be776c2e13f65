import { describe, expect, it } from "vitest";
import { dayIn, startOfDay } from "./days";

describe("the first moment of a day", () => {
  it.each([
    ["2026-11-20", "UTC", 0, "2026-11-20T00:00:00.000Z"],
    ["2026-11-20", "America/Port-au-Prince", 0, "2026-11-20T05:00:00.000Z"],
    ["2026-07-20", "America/Port-au-Prince", 0, "2026-07-20T04:00:00.000Z"],
    ["2026-11-20", "Asia/Kathmandu", 0, "2026-11-19T18:15:00.000Z"],
    ["2026-11-20", "Pacific/Kiritimati", 0, "2026-11-19T10:00:00.000Z"],
    ["2026-11-20", "America/Port-au-Prince", 1, "2026-11-21T05:00:00.000Z"],
    // The day summer time begins (8 March) is 23 hours long, the day it ends (1 November) 25.
    ["2026-03-08", "America/Port-au-Prince", 0, "2026-03-08T05:00:00.000Z"],
    ["2026-03-08", "America/Port-au-Prince", 1, "2026-03-09T04:00:00.000Z"],
    ["2026-11-01", "America/Port-au-Prince", 0, "2026-11-01T04:00:00.000Z"],
    ["2026-11-01", "America/Port-au-Prince", 1, "2026-11-02T05:00:00.000Z"],
    ["2026-12-31", "UTC", 1, "2027-01-01T00:00:00.000Z"],
  ])("%s in %s, %i days later", (day, zone, later, expected) => {
    expect(startOfDay(day, zone, later)?.toISOString()).toBe(expected);
  });

  it.each(["", "yesterday", "2026-02-30", "2026-13-01", "2026-1-1", "20261120"])("%j is no day", (text) => {
    expect(startOfDay(text, "UTC")).toBeNull();
  });

  it("knows which day it is there", () => {
    const now = new Date("2026-11-21T03:00:00Z");
    expect(dayIn("America/Port-au-Prince", now)).toBe("2026-11-20");
    expect(dayIn("UTC", now)).toBe("2026-11-21");
    expect(dayIn("UTC", now, -6)).toBe("2026-11-15");
  });
});
