import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell, csvRow, guarded, unguarded } from "./csv";

describe("writing CSV", () => {
  it.each([
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    '"=1',
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "+50934123456",
    "-1 2",
    "--1",
    "-1,5",
  ])("makes plain text of %j, which a spreadsheet would run", (text) => {
    expect(guarded(text)).toBe(`'${text}`);
  });

  it.each(["", "Jan", "a=b", "a@b.ht", "'t Hart", "-12.5", "-7", "5-3", " a"])("leaves %j as it is", (text) => {
    expect(csvCell(text)).toBe(text);
  });

  it("quotes what holds delimiters, quotation marks or line ends, after the apostrophe", () => {
    expect(csvRow(['=HYPERLINK("x","y")', "a\nb", -5, null, undefined])).toBe(
      `"'=HYPERLINK(""x"",""y"")","a\nb",-5,,\r\n`,
    );
  });

  it("takes back exactly what it wrote, and never leaves a formula", () => {
    const letters = fc.array(fc.constantFrom("'", "=", "-", "+", "@", " ", "\t", '"', "1", ".", "a", "\u200b"), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(letters, (parts) => {
        const text = parts.join("");
        expect(unguarded(guarded(text))).toBe(text);
        if (!/^-\d+(\.\d+)?$/.test(text)) expect(guarded(text)).not.toMatch(/^[=+\-@\t]/);
      }),
      { numRuns: 2_000 },
    );
  });
});
