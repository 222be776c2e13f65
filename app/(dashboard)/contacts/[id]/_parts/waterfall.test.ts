import { describe, expect, it } from "vitest";
import { waterfall } from "./waterfall";

describe("the reasons of a score as a staircase", () => {
  it("begins each where the one before ended, who they are before what they do", () => {
    const { parts } = waterfall([
      { points: 28, says: "Bought", part: "behaviour" },
      { points: 8, says: "Phone known", part: "fit" },
      { points: -4, says: "Asked to stop", part: "behaviour" },
    ]);
    expect(parts.map(({ part, points }) => [part, points])).toEqual([
      ["fit", 8],
      ["behaviour", 24],
    ]);
    expect(parts.flatMap(({ steps }) => steps.map(({ from, to }) => [from, to]))).toEqual([
      [0, 8],
      [8, 36],
      [36, 32],
    ]);
  });

  it("makes room where reasons add up to more than a hundred", () => {
    expect(waterfall([{ points: 140, says: "Much", part: "fit" }]).widest).toBe(140);
    expect(waterfall([])).toEqual({ parts: [], widest: 100 });
  });
});
