/** Money is integer micro-units (a millionth of the currency's unit) with a currency: never a float between two sums. */
export type Money = { micros: bigint; currency: string };

/** A JSON number is exact to six decimals below this many units; above it callers send a string. */
export const largestJsonUnits = 9_000_000_000;
/** Beyond it two numbers of JavaScript lie further apart than a millionth: what is written must be a string. */
const exactJsonUnits = 2n ** 33n;

const decimal = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/;

/** "12.5" -> 12500000n. Null where the text is no decimal of at most six places: the caller says which field. */
export function microsFromDecimal(text: string): bigint | null {
  const match = decimal.exec(text.trim());
  if (!match) return null;
  const [, sign, units = "0", fraction = ""] = match;
  const micros = BigInt(units) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  return sign ? -micros : micros;
}

/** A number from JSON: accepted where its shortest decimal form is exact to six places. */
export function microsFromNumber(value: number): bigint | null {
  if (!Number.isFinite(value) || Math.abs(value) >= largestJsonUnits) return null;
  const text = String(value);
  return text.includes("e") ? microsFromDecimal(value.toFixed(6)) : microsFromDecimal(text);
}

export function decimalFromMicros(micros: bigint): string {
  const sign = micros < 0n ? "-" : "";
  const absolute = micros < 0n ? -micros : micros;
  const fraction = (absolute % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  return `${sign}${absolute / 1_000_000n}${fraction && `.${fraction}`}`;
}

/** For a JSON answer: a number while it is exact, a string beyond. */
export function wireFromMicros(micros: bigint): number | string {
  const text = decimalFromMicros(micros);
  const units = micros / 1_000_000n;
  return units < exactJsonUnits && units > -exactJsonUnits ? Number(text) : text;
}

export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf("currency").includes(code);
}
