import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeRules } from "./describe-rules";
import { estimate, wilson } from "./interval";
import { readRules } from "./read-rules";
import { attributeField, commonFields, fieldMap } from "./registry";
import type { RuleTree } from "./rules";

const fields = fieldMap([
  ...commonFields,
  attributeField({ id: "00000000-0000-4000-8000-000000000001", key: "plan", label: "Plan", type: "text" }),
]);
const faultsOf = (input: unknown) => {
  const reading = readRules(input, fields);
  return reading.kind === "no" ? reading.faults : [];
};
const score = { field: "score", operator: "over", value: 60 };
const deep = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner, _, at) => ({ [at % 2 ? "any" : "all"]: [inner] }), score);

describe("rules from a stranger", () => {
  it.each<[string, unknown, string]>([
    ["nothing", null, "/rules"],
    ["a text", "all", "/rules"],
    ["a list", [score], "/rules"],
    ["an unknown field", { all: [{ ...score, field: "password" }] }, "/rules/all/0/field"],
    ["a field of the prototype", { field: "constructor", operator: "is_known" }, "/rules/field"],
    [
      "an operator that is SQL",
      { any: [{ ...score, operator: "AND 1=(select pg_sleep(5))--" }] },
      "/rules/any/0/operator",
    ],
    ["an operator of the prototype", { ...score, operator: "toString" }, "/rules/operator"],
    ["an operator of another type", { ...score, operator: "contains", value: "6" }, "/rules/operator"],
    ["a text for a number", { ...score, value: "60" }, "/rules/value"],
    ["no value", { field: "score", operator: "over" }, "/rules/value"],
    ["a value where none is taken", { field: "email", operator: "is_known", value: 1 }, "/rules/value"],
    [
      "a stage that does not exist",
      { field: "stage", operator: "is_any_of", value: ["lead", "god"] },
      "/rules/value/1",
    ],
    ["an empty list", { field: "stage", operator: "is_any_of", value: [] }, "/rules/value"],
    ["too many values", { field: "country", operator: "is_any_of", value: Array(101).fill("HT") }, "/rules/value"],
    ["a text too long", { field: "name", operator: "contains", value: "x".repeat(501) }, "/rules/value"],
    ["a day that does not exist", { field: "created_at", operator: "before", value: "2026-02-30" }, "/rules/value"],
    ["a range the wrong way round", { field: "score", operator: "between", value: [9, 1] }, "/rules/value"],
    ["half a day", { field: "created_at", operator: "in_last_days", value: 0.5 }, "/rules/value"],
    ["two kinds in one group", { all: [score], any: [score] }, "/rules/any"],
    ["a stranger's word", { ...score, sql: "1=1" }, "/rules/sql"],
    ["an empty inner group", { all: [{ any: [] }] }, "/rules/all/0/any"],
    ["too many rules", { all: Array(101).fill(score) }, "/rules/all"],
  ])("with %s are refused at the place of the fault", (_, input, pointer) => {
    expect(faultsOf(input).map((fault) => fault.pointer)).toContain(pointer);
  });

  it("fifty deep are refused in no time, at the place where they become too deep (B11)", () => {
    const began = performance.now();
    const [fault] = faultsOf(deep(50));
    expect(fault?.pointer.split("/").length).toBe(2 + 2 * 10);
    expect(fault?.message).toContain("10 deep");
    expect(performance.now() - began).toBeLessThan(100);
    expect(readRules(deep(9), fields).kind).toBe("ok");
  });

  it("are limited in number across groups too", () => {
    const groups = { any: Array(11).fill({ all: Array(10).fill(score) }) };
    expect(faultsOf(groups)[0]?.message).toContain("at most 100 rules in all");
  });

  it("never throw, whatever they are, and answer at most twenty faults", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (input) => {
        const reading = readRules({ all: [input] }, fields);
        if (reading.kind === "no") expect(reading.faults.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe("rules as a sentence", () => {
  const tag = "tag_01h455vb4pex5vsknk084sn02q";
  it.each<[RuleTree, string]>([
    [{ all: [] }, "Everybody."],
    [{ field: "score", operator: "over", value: 60 }, "People who have a score over 60."],
    [
      {
        all: [
          { field: "tag", operator: "has_any_of", value: [tag] },
          { field: "opened:email", operator: "in_last_days", value: 30 },
        ],
      },
      "People who are tagged vip and opened an email in the last 30 days.",
    ],
    [
      {
        all: [
          {
            any: [
              { field: "stage", operator: "is_any_of", value: ["lead", "lost"] },
              { field: "attribute:plan", operator: "is", value: "gold" },
            ],
          },
          { none: [{ field: "clicked:any", operator: "at_least_times", value: 2 }] },
        ],
      },
      "People who (have the stage Lead or Lost or have the Plan “gold”) and clicked in any message fewer than 2 times.",
    ],
    [{ field: "last_visit_at", operator: "is_unknown" }, "People who never visited."],
    [
      { field: "tag", operator: "has_any_of", value: ["tag_00000000000000000000000000"] },
      "People who are tagged something that was taken away.",
    ],
  ])("%j", (tree, sentence) => {
    expect(describeRules(tree, fields, new Map([[tag, "vip"]]))).toBe(sentence);
  });

  it("say something for every field and operator there is, and stay short for a hundred rules", () => {
    for (const field of fields.values())
      for (const operator of field.operators)
        expect(describeRules({ field: field.id, operator, value: 3 }, fields)).toMatch(/^People who \S.*\.$/);
    expect(describeRules({ any: Array(100).fill(score) as RuleTree[] }, fields).length).toBeLessThanOrEqual(600);
  });
});

describe("an estimate", () => {
  it("holds the truth between its bounds about nineteen times of twenty", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return seed / 2 ** 32;
    };
    for (const share of [0.002, 0.05, 0.5, 0.97]) {
      let held = 0;
      for (let round = 0; round < 400; round++) {
        const hits = Array.from({ length: 1_500 }, random).filter((one) => one < share).length;
        const { low, high } = wilson(hits, 1_500);
        if (low <= share && share <= high) held += 1;
      }
      expect(held / 400).toBeGreaterThan(0.9);
    }
  });

  it("names no more people than there are, and no fewer than were seen", () => {
    expect(estimate(1_000, 1_000, 62_000)).toMatchObject({ high: 62_000, isEstimate: true });
    expect(estimate(3, 1_000, 900).low).toBeGreaterThanOrEqual(3);
    expect(estimate(0, 0, 500)).toEqual({ count: 0, isEstimate: true, low: 0, high: 500 });
  });
});
