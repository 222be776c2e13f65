import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, endOfDay } from "./task-days";

describe("the day by which something is due", () => {
  it("ends with the day where the reader is", () => {
    expect(endOfDay("2026-11-21", "America/Port-au-Prince")).toBe("2026-11-22T04:59:59.000Z");
    expect(endOfDay("2026-11-21", "Pacific/Auckland")).toBe("2026-11-21T10:59:59.000Z");
    expect(endOfDay("2026-02-30", "UTC")).toBeNull();
  });

  it("comes back into the field as the day that was chosen, also when clocks change", () => {
    const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-12-31"), noInvalidDate: true });
    const zone = fc.constantFrom(
      "UTC",
      "America/Port-au-Prince",
      "America/New_York",
      "Pacific/Auckland",
      "Asia/Kolkata",
    );
    fc.assert(
      fc.property(day, zone, (at, timeZone) => {
        const chosen = at.toISOString().slice(0, 10);
        expect(dayOf(endOfDay(chosen, timeZone) ?? "", timeZone)).toBe(chosen);
      }),
    );
  });
});
