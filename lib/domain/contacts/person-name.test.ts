import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanName, longestName, splitName } from "./person-name";

const cleaned = (text: string) => {
  const reading = cleanName(text);
  return reading.kind === "ok" ? reading.name : reading.because;
};

describe("cleanName", () => {
  it.each([
    ["  Marie \t Jean\r\n Baptiste ", "Marie Jean Baptiste"],
    ["Marie\u2028Jean\u00a0Paul", "Marie Jean Paul"],
    ["Ma\u200brie\ufeff", "Marie"],
    ["Marie\x07\x1b[31m", "Marie[31m"],
    ["\u202egnp.eiraM\u202c", "gnp.eiraM"],
    ["\u2066Marie\u2069\u200e\u200f", "Marie"],
    ["Ma\ud800rie", "Marie"],
    ["Ma\u200drie", "Marie"],
    ["e\u0301loi", "\u00e9loi"],
    ["", ""],
    ["\u200b\u3164\u0301 ", ""],
  ])("keeps of %j what can be seen: %j", (text, name) => expect(cleaned(text)).toBe(name));

  it("keeps right-to-left letters and the joiners that their spelling needs", () => {
    expect(cleaned("مریم")).toBe("مریم");
    expect(cleaned("علی\u200cرضا")).toBe("علی\u200cرضا");
    expect(cleaned("ශ්\u200dරී")).toBe("ශ්\u200dරී");
    expect(cleaned("علی\u200c")).toBe("علی");
    expect(cleaned("שרה")).toBe("שרה");
  });

  it("keeps markup as the text it is", () => {
    expect(cleaned("<img src=x onerror=alert(1)> & 'Co'")).toBe("<img src=x onerror=alert(1)> & 'Co'");
  });

  it("refuses what is too long, by the number of characters, and NUL", () => {
    expect(cleanName("a".repeat(10_000))).toEqual({
      kind: "no",
      because: "too_long",
      says: "The name has 10000 characters; at most 200 are kept.",
    });
    expect(cleaned("Ma\0rie")).toBe("nul");
    expect(cleaned("😀".repeat(longestName))).toBe("😀".repeat(longestName));
    expect(cleaned(`${"a".repeat(longestName)}${" ".repeat(5_000)}`)).toBe("a".repeat(longestName));
  });

  it("changes nothing in a name that it gave out, and gives out nothing invisible", () => {
    const units = fc.constantFrom(..."aé ی\u200c\u200d\u200b\u202e\t\n\u0301<", "න", "්", "\ud83d\ude00", "\ud800");
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: units }), fc.string({ unit: "binary" })), (text) => {
        const reading = cleanName(text);
        if (reading.kind === "no") return;
        expect(reading.name).not.toMatch(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(cleanName(reading.name)).toEqual(reading);
      }),
      { numRuns: 2_000 },
    );
  });

  it("answers on 100 kB of anything within 100 ms", () => {
    for (const piece of [" ", "\u200d", "\u0301", "a ", "\x07", "ی\u200c", "\ud800"]) {
      const start = performance.now();
      cleanName(piece.repeat(100_000));
      expect(performance.now() - start, JSON.stringify(piece)).toBeLessThan(100);
    }
  });
});

describe("splitName", () => {
  it.each([
    ["Marie Jean Baptiste", "Marie", "Jean Baptiste"],
    ["Marie", "Marie", ""],
    ["", "", ""],
  ])("parts %j after the first word", (full, first, last) => expect(splitName(full)).toEqual({ first, last }));
});
