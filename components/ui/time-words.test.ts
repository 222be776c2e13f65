import { describe, expect, it } from "vitest";
import { absoluteTime, durationWords, relativeTime, zonePlace } from "./time-words";

const timeZone = "America/Port-au-Prince";
// Friday 20 November 2026, 09:12 in Port-au-Prince
const now = new Date("2026-11-20T14:12:00Z");
const say = (at: string) => relativeTime(new Date(at), now, { timeZone });

describe("a time near by", () => {
  it.each([
    ["2026-11-20T14:11:30Z", "now"],
    ["2026-11-20T14:12:30Z", "now"],
    ["2026-11-20T14:11:00Z", "1 min ago"],
    ["2026-11-20T13:54:00Z", "18 min ago"],
    ["2026-11-20T14:41:00Z", "in 29 min"],
    ["2026-11-20T13:12:00Z", "1 h ago"],
    ["2026-11-20T12:13:00Z", "1 h ago"],
    ["2026-11-20T17:12:00Z", "in 3 h"],
  ])("%s is %s", (at, words) => expect(say(at)).toBe(words));
});

describe("a time further away", () => {
  it("is told by the reader's own calendar, not by hours passed", () => {
    expect(say("2026-11-19T23:30:00Z")).toBe("yesterday 18:30");
    // Past midnight in London, still the evening before in Port-au-Prince.
    expect(relativeTime(new Date("2026-11-20T00:30:00Z"), now, { timeZone })).toBe("yesterday 19:30");
    expect(relativeTime(new Date("2026-11-20T00:30:00Z"), now, { timeZone: "Europe/London" })).toBe("00:30");
    expect(say("2026-11-21T15:00:00Z")).toBe("tomorrow 10:00");
  });

  it("is a weekday within the week, then a date, with its year once that differs", () => {
    expect(say("2026-11-16T15:00:00Z")).toBe("Mon 10:00");
    expect(say("2026-10-23T15:00:00Z")).toBe("23 Oct");
    expect(say("2025-10-23T15:00:00Z")).toBe("23 Oct 2025");
  });
});

it("in full carries the zone, and keeps to it across a change of clocks", () => {
  expect(absoluteTime(now, { timeZone })).toBe("Friday 20 November 2026, 09:12:00, Port-au-Prince");
  expect(absoluteTime(new Date("2026-07-01T12:00:00Z"), { timeZone })).toContain("08:00:00");
  expect(absoluteTime(new Date("2026-12-01T12:00:00Z"), { timeZone })).toContain("07:00:00");
  expect(absoluteTime(now, { timeZone: "UTC" })).toMatch(/, UTC$/);
  expect(zonePlace("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});

it.each([
  [500, "1 s"],
  [45_000, "45 s"],
  [12 * 60_000, "12 min"],
  [3_600_000, "1 h"],
  [80 * 60_000, "1 h 20"],
  [26 * 3_600_000, "1 day"],
  [72 * 3_600_000, "3 days"],
])("a length of %d ms reads %s", (ms, words) => expect(durationWords(ms)).toBe(words));
