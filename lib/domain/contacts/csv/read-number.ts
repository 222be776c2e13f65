import { type CellReading, quoted, refused, taken } from "./cell-reading";

/** What stands before the decimals. */
export const decimalMarks = ["point", "comma"] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** Further than this a number of JavaScript is not exact. */
const largest = Number.MAX_SAFE_INTEGER;

const shape = /^[-+]?(?:\d[\d.,]*|[.,]\d+)$/;

/** What only groups: a space or an apostrophe, and only where three digits follow. */
const groupSpace = /(?<=\d)[\s'’](?=\d{3}(?!\d))/g;

/** The mark that the column's clear values use; null where none is clear, or where they contradict each other. */
export function guessDecimalMark(samples: readonly string[]): DecimalMark | null {
  const clear = new Set(
    samples
      .map(bare)
      .filter((digits) => shape.test(digits))
      .map(markOf)
      .filter((mark) => mark === "point" || mark === "comma"),
  );
  const [only = null] = clear;
  return clear.size === 1 ? only : null;
}

/**
 * 1,234.5 and 1.234,5 and 1 234,5. "1,234" alone may be a thousand or one and a bit: then `mark`, chosen by the person or
 * clear from the rest of the column, decides, and without it the cell is refused rather than guessed by a factor of 1,000.
 */
export function readNumber(text: string, mark: DecimalMark | null): CellReading<number> {
  const digits = bare(text);
  if (!shape.test(digits)) return refused(`${quoted(text)} is not a number`);
  const own = markOf(digits);
  if (own === "unclear" && mark === null)
    return refused(
      `${quoted(text)} can be read in two ways: say whether a point or a comma stands before the decimals`,
    );
  const decided = own === null || own === "unclear" ? (mark ?? "point") : own;
  if (mark !== null && decided !== mark)
    return refused(`${quoted(text)} has a ${decided} before its decimals, the other values of the column a ${mark}`);
  const [decimal, group] = decided === "point" ? [".", ","] : [",", "."];
  const [whole = "", fraction = "", ...more] = digits.replace(/^[-+]/, "").split(decimal);
  const isGrouped = whole.includes(group);
  if (more.length > 0 || fraction.includes(group) || (isGrouped && !isGrouping(whole, group)))
    return refused(`${quoted(text)} is not a number: its points and commas stand where they cannot`);
  const value = Number(`${digits.startsWith("-") ? "-" : ""}${whole.replaceAll(group, "") || "0"}.${fraction || "0"}`);
  if (Math.abs(value) > largest) return refused(`${quoted(text)} is larger than can be kept exactly`);
  return taken(value === 0 ? 0 : value);
}

/** Without grouping spaces and signs of money, which decide nothing. */
function bare(text: string): string {
  return text
    .replace(/\p{Sc}/gu, "")
    .trim()
    .replace(groupSpace, "")
    .replace("\u2212", "-");
}

const isGrouping = (whole: string, group: string) =>
  /^\d{1,3}$/.test(whole.split(group)[0] ?? "") &&
  whole
    .split(group)
    .slice(1)
    .every((part) => /^\d{2,3}$/.test(part)) &&
  /\d{3}$/.test(whole.slice(whole.lastIndexOf(group) + 1));

/** Which mark one number shows by itself; null where it has neither. */
function markOf(digits: string): DecimalMark | "unclear" | null {
  const number = digits.replace(/^[-+]/, "");
  const [point, comma] = [number.lastIndexOf("."), number.lastIndexOf(",")];
  if (point === -1 && comma === -1) return null;
  if (point !== -1 && comma !== -1) return point > comma ? "point" : "comma";
  const mark = point !== -1 ? "." : ",";
  const decimal: DecimalMark = mark === "." ? "point" : "comma";
  const grouping: DecimalMark = mark === "." ? "comma" : "point";
  // Twice the same mark can only group, and so the other one stands before decimals.
  if (number.indexOf(mark) !== number.lastIndexOf(mark)) return grouping;
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(number) ? "unclear" : decimal;
}
