import { describe, expect, it } from "vitest";
import { together } from "./together";

describe("doing the same for many at once", () => {
  it("takes one alone without waiting, and gathers what comes meanwhile", async () => {
    const rounds: number[][] = [];
    const double = together(async (items: readonly number[]) => {
      rounds.push([...items]);
      await new Promise((done) => setTimeout(done, 5));
      return items.map((item) => item * 2);
    });
    const first = double(1);
    await new Promise((done) => setTimeout(done, 1));
    const rest = Promise.all([double(2), double(3), double(4)]);
    expect(await first).toBe(2);
    expect(await rest).toEqual([4, 6, 8]);
    expect(rounds).toEqual([[1], [2, 3, 4]]);
  });

  it("keeps a round to its size", async () => {
    const sizes: number[] = [];
    const same = together(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    }, 2);
    await Promise.all([1, 2, 3, 4, 5].map(same));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
  });

  it("lets one that cannot be done fail alone", async () => {
    const same = together(async (items: readonly number[]) => {
      if (items.includes(13)) throw new Error("unlucky");
      return items;
    });
    const outcomes = await Promise.allSettled([1, 13, 3].map(same));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});
