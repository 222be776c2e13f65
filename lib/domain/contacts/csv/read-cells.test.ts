import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBoolean } from "./read-boolean";
import { guessDateOrder, readDate } from "./read-date";
import { guessDecimalMark, readNumber } from "./read-number";
import { readTags } from "./read-tags";

describe("reading cells", () => {
  it.each([
    ...["yes", "OUI", "1", "true", " Sí ", "wi", "x", "SUBSCRIBED"].map((text) => [text, true] as const),
    ...["no", "Non", "0", "FALSE", "não", "nein", "unsubscribed"].map((text) => [text, false] as const),
  ])("reads %j as %s", (text, value) => {
    expect(readBoolean(text)).toEqual({ kind: "ok", value });
  });

  it("guesses no consent out of other words", () => {
    for (const text of ["", "maybe", "2", "pending", "yes?"]) expect(readBoolean(text).kind).toBe("no");
  });

  it.each([
    ["1,234.5", null, 1234.5],
    ["1.234,5", null, 1234.5],
    ["1 234,5", null, 1234.5],
    ["1\u202f234\u00a0567,5", null, 1234567.5],
    ["1'234.50", null, 1234.5],
    ["1,234,567", null, 1234567],
    ["1.234.567", null, 1234567],
    ["0,123", null, 0.123],
    ["12,5", null, 12.5],
    ["$1,234.50", null, 1234.5],
    ["−5", null, -5],
    ["-0", null, 0],
    [".5", null, 0.5],
    ["1,234", "point", 1234],
    ["1,234", "comma", 1.234],
    ["1.234", "comma", 1234],
    ["1.234", "point", 1.234],
  ] as const)("reads the number %j, mark %s, as %d", (text, mark, value) => {
    expect(readNumber(text, mark)).toEqual({ kind: "ok", value });
  });

  it.each([
    ["1,234", null],
    ["1.234", null],
    ["1,5", "point"],
    ["1,234.5", "comma"],
    ["1,2,3", null],
    ["1.2.3,4,5", null],
    ["12 34", null],
    ["", null],
    ["abc", null],
    ["1e5", null],
    ["99999999999999999999", null],
  ] as const)("refuses the number %j, mark %s, rather than guess", (text, mark) => {
    expect(readNumber(text, mark).kind).toBe("no");
  });

  it("lets clear numbers of a column decide the unclear ones", () => {
    expect(guessDecimalMark(["1,234", "12,5"])).toBe("comma");
    expect(guessDecimalMark(["1,234", "1,234.50"])).toBe("point");
    expect(guessDecimalMark(["1,234", "7"])).toBeNull();
    expect(guessDecimalMark(["1,5", "1.5"])).toBeNull();
  });

  it("reads back every number that either convention writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom("en-US", "de-DE"), (cents, locale) => {
        const text = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
        expect(readNumber(text, locale === "en-US" ? "point" : "comma")).toEqual({ kind: "ok", value: cents / 100 });
      }),
    );
  });

  it.each([
    ["2026-03-01", null, "2026-03-01"],
    ["2026-3-1", null, "2026-03-01"],
    ["2026-03-01T23:59:00Z", null, "2026-03-01"],
    ["20260301", null, "2026-03-01"],
    ["31/12/2026", null, "2026-12-31"],
    ["12/31/2026", null, "2026-12-31"],
    ["12/31/2026 10:00 PM", null, "2026-12-31"],
    ["1.3.2026", null, "2026-03-01"],
    ["03/04/2026", "day_first", "2026-04-03"],
    ["03/04/2026", "month_first", "2026-03-04"],
    ["5/5/2026", null, "2026-05-05"],
    ["1 mars 2026", null, "2026-03-01"],
    ["1er août 2026", null, "2026-08-01"],
    ["March 1st, 2026", null, "2026-03-01"],
    ["1 de março de 2026", null, "2026-03-01"],
    ["1. März 2026", null, "2026-03-01"],
    ["5 me 2026", null, "2026-05-05"],
    ["29/02/2024", null, "2024-02-29"],
  ] as const)("reads the date %j, %s, as %s", (text, order, value) => {
    expect(readDate(text, order)).toEqual({ kind: "ok", value });
  });

  it.each([
    "03/04/2026",
    "3/4/26",
    "31/02/2026",
    "29/02/2023",
    "2026-13-01",
    "13/13/2026",
    "5 out 2026",
    "soon",
    "",
    "0000-01-01",
  ])("refuses the date %j", (text) => {
    expect(readDate(text, null).kind).toBe("no");
  });

  it("refuses a date that is none under the order that was chosen, instead of turning it round", () => {
    expect(guessDateOrder(["03/04/2026", "31/12/2026"])).toBe("day_first");
    expect(guessDateOrder(["03/04/2026", "12/31/2026"])).toBe("month_first");
    expect(guessDateOrder(["03/04/2026", "04/03/2026"])).toBe("unclear");
    expect(guessDateOrder(["31/12/2026", "12/31/2026"])).toBe("mixed");
    expect(guessDateOrder(["2026-01-02", "5/5/2026"])).toBe("unneeded");
    expect(readDate("31/12/2026", "month_first").kind).toBe("no");
  });

  it("reads tags once each, whatever stands between them", () => {
    expect(readTags("vip; Nwèl|VIP,  big   spender ,")).toEqual({ kind: "ok", value: ["vip", "Nwèl", "big spender"] });
    expect(readTags("x".repeat(61))).toMatchObject({ kind: "no", because: expect.stringContaining("61 characters") });
    expect(readTags(Array.from({ length: 51 }, (_, at) => `t${at}`).join()).kind).toBe("no");
  });

  it("answers evil cells quickly", () => {
    const evil = [
      "1".repeat(100_000),
      "1 ".repeat(50_000),
      `1${",111".repeat(30_000)}x`,
      "1/1/2026 ".repeat(9_999),
      "é".repeat(100_000),
      "'".repeat(100_000),
      "a ".repeat(50_000),
    ];
    const started = performance.now();
    for (const text of evil) {
      readNumber(text, null);
      readDate(text, null);
      readTags(text);
      readBoolean(text);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
