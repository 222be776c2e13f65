import { describe, expect, it } from "vitest";
import {
  CannotRun,
  holds,
  type Measured,
  type Member,
  median,
  parseCommand,
  percentile,
  runCommand,
  Skipped,
} from "./measure";

const member = (run: Member["run"], given: Partial<Member> = {}): Member => ({
  name: "it",
  about: "a thing",
  run,
  ...given,
});
const measured = (value: number): Measured => ({
  rows: 10,
  metrics: { right: value, other: 1 },
  bars: { right: { op: ">=", bar: 0.9 } },
});

async function go(kind: "eval" | "bench" | "prove", members: Member[], ...args: string[]) {
  const printed: string[] = [];
  const code = await runCommand(kind, args, members, (text) => printed.push(text));
  const last = printed.at(-1) ?? "";
  return { code, printed, line: last.startsWith("{") ? JSON.parse(last) : undefined };
}

describe("measurements", () => {
  it("ends with one JSON line, and 0 where every bar holds", async () => {
    const { code, line, printed } = await go("prove", [member(async () => measured(0.95))], "it", "--seed", "7");
    expect(code).toBe(0);
    expect(line).toEqual({
      kind: "prove",
      name: "it",
      input: null,
      rows: 10,
      skipped: false,
      metrics: { right: 0.95, other: 1 },
      bars: { right: { value: 0.95, op: ">=", bar: 0.9 } },
      pass: true,
      seed: 7,
    });
    expect(printed.at(-2)).toContain("holds");
  });

  it("answers 1 where a bar falls short, and where its metric was never measured", async () => {
    const short = await go("prove", [member(async () => measured(0.8))], "it");
    expect(short).toMatchObject({ code: 1, line: { pass: false } });
    expect(short.printed.at(-2)).toContain("FALLS SHORT");
    const never = { rows: 1, metrics: {}, bars: { right: { op: "<=" as const, bar: 1 } } };
    expect(await go("prove", [member(async () => never)], "it")).toMatchObject({ code: 1 });
    expect(await go("prove", [member(async () => measured(Number.NaN))], "it")).toMatchObject({ code: 1 });
  });

  it("answers 2 where it could not run, with the reason", async () => {
    const fails = member(async () => {
      throw new CannotRun("no disk");
    });
    expect(await go("eval", [fails], "it")).toMatchObject({ code: 2, line: { pass: false, error: "no disk" } });
    expect(await go("eval", [fails], "it", "/no/such/file")).toMatchObject({ code: 2 });
    expect(await go("eval", [fails], "it", "--sed=1")).toMatchObject({ code: 2 });
  });

  it("names what there is where the name is unknown or missing", async () => {
    for (const args of [["them"], []]) {
      const { code, printed } = await go("eval", [member(async () => measured(1))], ...args);
      expect(code).toBe(2);
      expect(printed.join()).toContain("a thing");
    }
  });

  it("answers 3, loudly, where its data is not on this machine", async () => {
    const away = member(async () => measured(1), { defaultInput: "../no/such/folder" });
    const { code, line, printed } = await go("eval", [away], "it");
    expect({ code, pass: line.pass }).toEqual({ code: 3, pass: false });
    expect(line.skipped).toContain("not on this machine");
    expect(printed[0]).toContain("SKIPPED");
    const itself = member(async () => {
      throw new Skipped("no model here");
    });
    expect(await go("eval", [itself], "it")).toMatchObject({ code: 3 });
  });

  it("cleans up however it ends, last thing first", async () => {
    const ended: string[] = [];
    const messy = (fail: boolean) =>
      member(async (ctx) => {
        ctx.onEnd(() => ended.push("database"));
        ctx.onEnd(async () => ended.push("product"));
        if (fail) throw new Error("in the middle");
        return measured(1);
      });
    await go("prove", [messy(false)], "it");
    await go("prove", [messy(true)], "it");
    expect(ended).toEqual(["product", "database", "product", "database"]);
  });

  it("gives the same random numbers for the same seed", async () => {
    const drawn: number[][] = [];
    const draws = member(async (ctx) => {
      drawn.push([ctx.random(), ctx.random(), ctx.random()]);
      return measured(1);
    });
    for (const seed of ["1", "1", "2"]) await go("prove", [draws], "it", "--seed", seed);
    expect(drawn[0]).toEqual(drawn[1]);
    expect(drawn[0]).not.toEqual(drawn[2]);
    expect(drawn.flat().every((n) => n >= 0 && n < 1)).toBe(true);
  });

  it("reads its words in any order", () => {
    expect(parseCommand(["--short", "replies", "--seed=9", "data.jsonl"])).toEqual({
      name: "replies",
      path: "data.jsonl",
      isShort: true,
      seed: 9,
      isMutant: false,
    });
    expect(() => parseCommand(["--seed"])).toThrow(CannotRun);
    expect(() => parseCommand(["a", "b", "c"])).toThrow(CannotRun);
  });

  it("knows its arithmetic", () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
    expect([percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 0.99), percentile([5], 0.5)]).toEqual([2, 4, 5]);
    expect([holds(1, ">=", 1), holds(1, "<=", 0.9), holds(0, "==", 0), holds(null, "<=", 1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
