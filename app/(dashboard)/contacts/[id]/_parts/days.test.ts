import { describe, expect, it } from "vitest";
import { byDay } from "./days";

const settings = { timeZone: "America/Port-au-Prince", locale: "en-GB", now: new Date("2026-11-21T15:00:00Z") };
const days = (...times: string[]) =>
  byDay(
    times.map((at) => ({ at })),
    settings,
  ).map(({ label, items }) => [label, items.length]);

describe("the days of a time line", () => {
  it("are the reader's: three in the morning in UTC is the evening before in Port-au-Prince", () => {
    expect(days("2026-11-21T14:00:00Z", "2026-11-21T03:00:00Z", "2026-11-20T14:00:00Z")).toEqual([
      ["Today", 1],
      ["Yesterday", 2],
    ]);
  });

  it("name the year only where it is another one", () => {
    expect(days("2026-11-18T15:00:00Z", "2025-11-18T15:00:00Z").map(([label]) => label)).toEqual([
      "Wed 18 Nov",
      "18 Nov 2025",
    ]);
  });

  it("keep their number through a change of the clock", () => {
    const settled = { ...settings, timeZone: "America/New_York", now: new Date("2026-11-02T15:00:00Z") };
    expect(byDay([{ at: "2026-11-01T04:30:00Z" }], settled)[0]?.label).toBe("Yesterday");
  });
});
