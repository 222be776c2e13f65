import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPhone } from "./phone-numbers";

const said = (text: string, country?: string) => {
  const reading = readPhone(text, country);
  return reading.kind === "ok" ? reading.e164 : reading.because;
};

describe("readPhone", () => {
  it("tells the number, its country and whether it is a mobile", () => {
    expect(readPhone("+509 3412 3456")).toEqual({ kind: "ok", e164: "+50934123456", country: "HT", isMobile: true });
    expect(readPhone("01 42 68 53 00", "FR")).toEqual({
      kind: "ok",
      e164: "+33142685300",
      country: "FR",
      isMobile: false,
    });
    expect(readPhone("212 555 0123", "us")).toEqual({
      kind: "ok",
      e164: "+12125550123",
      country: "US",
      isMobile: null,
    });
    expect(readPhone("+800 1234 5678")).toMatchObject({ kind: "ok", country: null });
  });

  it.each([
    ["0050934123456", undefined, "+50934123456"],
    ["0050934123456", "US", "+50934123456"],
    ["011 509 3412 3456", "US", "+50934123456"],
    ["+44 (0)20 7946 0018", undefined, "+442079460018"],
    ["06 6982 1234", "IT", "+390669821234"],
    ["+39 06 6982 1234", "FR", "+390669821234"],
    ["٠٥١٢٣٤٥٦٧٨", "SA", "+966512345678"],
    ["34123456", "HT", "+50934123456"],
    ["50934123456", "HT", "+50934123456"],
    ["tel:+1-212-555-0123;ext=5", undefined, "+12125550123"],
  ])("reads %j of %s as %s", (text, country, e164) => expect(said(text, country)).toBe(e164));

  it.each([
    ["34123456", undefined, "no_country"],
    ["34123456", "ZZ", "no_country"],
    ["34123456", "__proto__", "no_country"],
    ["+50934", undefined, "too_short"],
    ["+5093412345678901", undefined, "too_long"],
    ["3412345678", "HT", "too_long"],
    ["+50900000000", undefined, "no_such_number"],
    ["+999123456789", undefined, "no_such_number"],
    ["+", "HT", "empty"],
    ["0", "FR", "too_short"],
    ["call me", "HT", "letters"],
  ])("refuses %j of %s: %s", (text, country, reason) => expect(said(text, country)).toBe(reason));

  it("reads its own answer again as itself, and never throws", () => {
    let taken = 0;
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 7, maxLength: 12 });
    const beginnings = fc.constantFrom("", "+", "00", "+509", "+1", "+39", "+44(0)");
    const lines = fc.nat({ max: 9_999 }).map((line) => `+1 (212) 555-${String(line).padStart(4, "0")}`);
    const texts = fc.oneof(
      lines,
      fc.tuple(beginnings, digits).map(([beginning, rest]) => beginning + rest),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(undefined, "HT", "US", "FR", "IT", "zz"), (text, country) => {
        const reading = readPhone(text, country);
        if (reading.kind === "no") return;
        taken += 1;
        expect(reading.e164).toMatch(/^\+[1-9]\d{4,14}$/);
        expect(readPhone(reading.e164)).toEqual(reading);
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});
