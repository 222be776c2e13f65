import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Searched, searchText, searchWords } from "./search-text";

const contact = (overrides: Partial<Searched> = {}): Searched => ({
  name: "José O’Brien-Łukasz",
  email: "Jose@Example.com",
  phone: "+33612345678",
  externalId: "2024-01-15",
  ...overrides,
});
const finds = (query: string, of: Searched) => {
  const words = searchWords(query);
  const text = searchText(of, "Açaí & Co");
  return words.length > 0 && words.every((word) => text.includes(word));
};

describe("searching contacts", () => {
  it.each([
    "jose",
    "JOSÉ",
    "josé o'brien",
    "OBRIEN",
    "o´brien",
    "lukasz",
    "jose@example",
    "acai co",
    "06 12 34 56 78",
    "0612345678",
    "+33 (0)6 12 34 56 78",
    "0033 6 12 34 56 78",
    "345678",
    "2024-01-15",
    "20240115",
    "jo\u200bse",
    "ｊｏｓｅ",
  ])("finds the contact by %j", (query) => expect(finds(query, contact())).toBe(true));

  it.each(["marie", "07 12 34 56 78", "jose marie", "2024-01-16", "", " \u200b "])("does not by %j", (query) =>
    expect(finds(query, contact())).toBe(false),
  );

  it("folds letters that have several forms into one", () => {
    expect(finds("STRASSE", contact({ name: "Straße" }))).toBe(true);
    expect(finds("ΓΙΩΡΓΟΣ", contact({ name: "Γιώργος" }))).toBe(true);
    expect(finds("istanbul", contact({ name: "İSTANBUL" }))).toBe(true);
    expect(finds("AEGIR", contact({ name: "Ægir" }))).toBe(true);
  });

  it("searches at most six words of at most 60 characters, whatever was pasted", () => {
    const words = searchWords(
      `${"x".repeat(100)} ${"😀".repeat(40)} ${Array.from({ length: 500 }, (_, n) => `w${n}`).join(" ")}`,
    );
    expect(words).toHaveLength(6);
    for (const word of words) expect(word.length).toBeLessThanOrEqual(60);
    expect(words[1]).toBe("😀".repeat(30));
  });

  it("keeps at most 1,000 characters, and no half of one", () => {
    const text = searchText(contact({ name: `a${"😀".repeat(600)}` }));
    expect(text).toHaveLength(999);
    expect(text).not.toMatch(/\p{Cs}/u);
  });

  const names = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });
  const changes = fc.constantFrom<(word: string) => string>(
    (word) => word,
    (word) => word.toUpperCase(),
    (word) => word.toLowerCase(),
    (word) => word.normalize("NFD").replace(/\p{M}/gu, ""),
    (word) => word.normalize("NFD"),
    (word) => `\u200b${word}\u200d`,
  );

  it("finds a contact by any word of its name, in any case, with or without accents", () => {
    let found = 0;
    fc.assert(
      fc.property(names, changes, (words, change) => {
        const of = contact({ name: words.join(" ") });
        for (const word of words.flatMap((one) => one.split(/\s+/u))) {
          // Ancient Greek's iota below becomes a letter of its own in capitals: there, case and accent are one.
          if (/\u0345/.test(word.normalize("NFD")) || searchWords(change(word)).length === 0) continue;
          expect(finds(change(word), of), JSON.stringify([word, change(word)])).toBe(true);
          found += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(found).toBeGreaterThan(1_000);
  });

  it("folds what is folded to itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
        const words = searchWords(text);
        expect(searchWords(words.join(" ")).join(" ")).toBe(words.join(" "));
      }),
      { numRuns: 2_000 },
    );
  });
});
