import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phoneRefusalLabels, readPhoneText } from "./phone";

const said = (text: string) => {
  const read = readPhoneText(text);
  return read.kind === "ok" ? read.number : read.because;
};

describe("readPhoneText", () => {
  it.each([
    ["+50934123456", "+50934123456"],
    [" +509 34.12-34/56 ", "+50934123456"],
    ["(+509) 3412 3456", "+50934123456"],
    ["+1 (212) 555‑0123", "+12125550123"],
    ["＋５０９ ３４１２ ３４５６", "+50934123456"],
    ["٠٦١٢٣٤٥٦٧٨", "0612345678"],
    ["०६१२३४५६७८", "0612345678"],
    ["\u202a+509 3412 3456\u202c", "+50934123456"],
    ["tel:+1-212-555-0123", "+12125550123"],
    ["TEL:+1-212-555-0123;ext=42", "+12125550123"],
    ["whatsapp:+50934123456", "+50934123456"],
    ["00 509 3412 3456", "0050934123456"],
  ])("reads %j as %s", (text, number) => expect(said(text)).toBe(number));

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["( ) -", "empty"],
    ["call me", "letters"],
    ["1-800-FLOWERS", "letters"],
    ["5.09341E+10", "shortened"],
    ["5,09341e10", "shortened"],
    ["212 555 0123 x55", "has_extension"],
    ["212 555 0123, ext. 55", "has_extension"],
    ["212 555 0123 #55", "has_extension"],
    ["01 23 45 67 89 poste 12", "has_extension"],
    ["+50934123456, +50937123456", "several"],
    ["3412 3456 / 3712 3456", "several"],
    ["34123456 or 37123456", "several"],
    ["34123456\n37123456", "several"],
    ["+509+34123456", "several"],
    ["3412_3456", "other_characters"],
    ["3412\x003456", "other_characters"],
    ["*34123456", "other_characters"],
    ["1".repeat(101), "too_long"],
  ])("refuses %j: %s", (text, reason) => expect(said(text)).toBe(reason));

  it("has a sentence for every refusal", () => {
    for (const sentence of Object.values(phoneRefusalLabels)) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });

  it("gives digits with at most one plus in front, for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."+0 ٣9()-.x;/") })),
        (text) => {
          const read = readPhoneText(text);
          if (read.kind === "ok") expect(read.number).toMatch(/^\+?[0-9]+$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
