import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalFromMicros, isCurrency, microsFromDecimal, microsFromNumber, wireFromMicros } from "./money";

const micros = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });

describe("money", () => {
  it("reads decimals of at most six places exactly", () => {
    expect(microsFromDecimal("12.5")).toBe(12_500_000n);
    expect(microsFromDecimal("-0.000001")).toBe(-1n);
    for (const wrong of ["1.2345678", "1e3", "", "abc", "1,5", "0x10", "1.", ".5", "1234567890123"])
      expect(microsFromDecimal(wrong)).toBeNull();
  });

  it("comes back from its decimal form as it was", () => {
    fc.assert(
      fc.property(micros, (value) => {
        expect(microsFromDecimal(decimalFromMicros(value))).toBe(value);
      }),
    );
  });

  it("comes back from a JSON answer as it was", () => {
    fc.assert(
      fc.property(micros, (value) => {
        const wire = JSON.parse(JSON.stringify(wireFromMicros(value))) as number | string;
        expect(typeof wire === "number" ? microsFromNumber(wire) : microsFromDecimal(wire)).toBe(value);
      }),
    );
  });

  it("is written as a text where a number would lose a millionth", () => {
    expect(wireFromMicros(8_614_802_969_206_471n)).toBe("8614802969.206471");
    expect(wireFromMicros(8_589_934_591_999_999n)).toBe(8_589_934_591.999999);
    expect(microsFromNumber(8_589_934_591.999999)).toBe(8_589_934_591_999_999n);
  });

  it("refuses numbers that cannot be exact", () => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 9e9, 1e20, 0.1 + 0.2])
      expect(microsFromNumber(wrong)).toBeNull();
    expect(microsFromNumber(1e-6)).toBe(1n);
  });

  it("knows currencies", () => {
    expect([isCurrency("HTG"), isCurrency("usd"), isCurrency("XQX")]).toEqual([true, false, false]);
  });
});
