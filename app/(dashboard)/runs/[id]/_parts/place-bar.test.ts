import { describe, expect, it } from "vitest";
import { placeBar } from "./place-bar";

const run = { from: 1_000, to: 2_000 };

describe("the bar of a step", () => {
  it.each([
    ["lies where it was", { began: 1_250, ended: 1_750 }, { left: 25, width: 50 }],
    ["reaches to now while it is open", { began: 1_500, ended: null }, { left: 50, width: 50 }],
    ["is seen though it took no time", { began: 1_100, ended: 1_100 }, { left: 10, width: 0.5 }],
    ["stays inside though a clock was off", { began: 900, ended: 2_400 }, { left: 0, width: 100 }],
    ["is seen at the very end", { began: 2_000, ended: 2_000 }, { left: 99.5, width: 0.5 }],
    ["is none where the step was over before the run", { began: 100, ended: 400 }, null],
  ])("%s", (_, step, expected) => {
    expect(placeBar(step, run)).toEqual(expected);
  });

  it("divides by no zero", () =>
    expect(placeBar({ began: 5, ended: 5 }, { from: 5, to: 5 })).toEqual({ left: 0, width: 0.5 }));
});
