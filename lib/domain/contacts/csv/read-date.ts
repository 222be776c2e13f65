import { type CellReading, quoted, refused, taken } from "./cell-reading";

/** Which of two numbers is the day, where both could be. */
export const dateOrders = ["day_first", "month_first"] as const;
export type DateOrder = (typeof dateOrders)[number];

export const dateOrderLabels: Record<DateOrder, string> = {
  day_first: "Day before month: 31/12/2026",
  month_first: "Month before day: 12/31/2026",
};

/**
 * What a column's dates say of their order: one of the two, `unneeded` where no date leaves it open, `unclear` where only
 * the person can tell, `mixed` where some can only be the one and some only the other.
 */
export function guessDateOrder(samples: readonly string[]): DateOrder | "unneeded" | "unclear" | "mixed" {
  const seen = new Set<DateOrder | "unclear">();
  for (const sample of samples) {
    const match = numeric.exec(sample.trim());
    if (!match) continue;
    const [first, second] = [Number(match[1]), Number(match[3])];
    if (match[2] === ".") seen.add("day_first");
    else if (first > 12 && second <= 12) seen.add("day_first");
    else if (second > 12 && first <= 12) seen.add("month_first");
    else if (first !== second) seen.add("unclear");
  }
  if (seen.has("day_first") && seen.has("month_first")) return "mixed";
  if (seen.has("day_first")) return "day_first";
  if (seen.has("month_first")) return "month_first";
  return seen.has("unclear") ? "unclear" : "unneeded";
}

/** A day as YYYY-MM-DD; a time behind it is left out, because it would need a zone that lists never name. */
export function readDate(text: string, order: DateOrder | null): CellReading<string> {
  const trimmed = text.trim();
  const iso = yearFirst.exec(trimmed);
  if (iso) return day(text, Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed);
  if (packed) return day(text, Number(packed[1]), Number(packed[2]), Number(packed[3]));

  const parts = numeric.exec(trimmed);
  if (parts) {
    const [first, second, year] = [Number(parts[1]), Number(parts[3]), parts[4] ?? ""];
    if (year.length !== 4) return refused(`${quoted(text)} has a year of two digits: write all four`);
    // With points the day is first wherever dates are written with points. What was chosen is never turned round: a date
    // that is none in that order is refused, because its neighbours may be wrong without showing it.
    const only = first > 12 || first === second ? "day_first" : second > 12 ? "month_first" : null;
    const decided: DateOrder | null = parts[2] === "." ? "day_first" : (order ?? only);
    if (decided === null)
      return refused(`${quoted(text)} can be read in two ways: say whether the day or the month is first`);
    return decided === "day_first" ? day(text, Number(year), second, first) : day(text, Number(year), first, second);
  }

  const worded = dayThenWord.exec(trimmed);
  if (worded) return day(text, Number(worded[3]), monthOf(worded[2]), Number(worded[1]));
  const wordFirst = wordThenDay.exec(trimmed);
  if (wordFirst) return day(text, Number(wordFirst[3]), monthOf(wordFirst[1]), Number(wordFirst[2]));
  return refused(`${quoted(text)} is not a date: write it as 2026-12-31`);
}

const time = String.raw`(?:[T ,]+\d{1,2}[:h.]\d{2}.{0,20})?$`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${time}`);
const numeric = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${time}`);
const dayThenWord = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?(\p{L}+)\.?,?[\s-]+(?:de\s+)?(\d{4})${time}`,
  "u",
);
const wordThenDay = new RegExp(String.raw`^(\p{L}+)\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})${time}`, "u");

/** The beginnings of the months' names in English, French, Spanish, Haitian Creole, German and Portuguese. */
const monthWords: readonly (readonly string[])[] = [
  ["jan", "ene"],
  ["feb", "fev"],
  ["mar"],
  ["apr", "avr", "abr"],
  ["may", "mai"],
  ["jun", "juin", "jen"],
  ["jul", "juil", "jiy"],
  ["aug", "aou", "ago"],
  ["sep", "set"],
  ["oct", "okt"],
  ["nov"],
  ["dec", "dic", "dez", "des"],
];

/** Too short or too much like another to be known by their beginning. "Out" is August here and October there: it is none. */
const wholeMonthWords: Readonly<Record<string, number>> = { mas: 3, me: 5, outubro: 10 };

/** 1 to 12, or 0 for a word that is no month. */
function monthOf(word = ""): number {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const starts = (beginnings: readonly string[]) => beginnings.some((beginning) => plain.startsWith(beginning));
  return Object.hasOwn(wholeMonthWords, plain) ? (wholeMonthWords[plain] ?? 0) : monthWords.findIndex(starts) + 1;
}

function day(text: string, year: number, month: number, date: number): CellReading<string> {
  const calendar = new Date(Date.UTC(year, month - 1, date));
  const isReal = calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === date;
  if (!isReal || year < 1_800 || year > 2_200) return refused(`${quoted(text)} is not a day of the calendar`);
  return taken(calendar.toISOString().slice(0, 10));
}
