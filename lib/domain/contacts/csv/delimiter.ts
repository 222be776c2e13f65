import { readRecord } from "./read-record";

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

export const delimiterLabels: Record<Delimiter, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

const looksAt = 20;

/** A line that spreadsheets write for each other: `sep=;` and nothing else. */
export const separatorLine = /^"?sep=([,;|\t])"?(?:\r\n|\n|\r)/i;

/**
 * The delimiter under which the first records agree best with the header. One that the header does not hold is none:
 * "1,5" in a list with semicolons has commas too. A list of one column has nothing to choose, and reads as commas.
 */
export function guessDelimiter(text: string): Delimiter {
  let best: { delimiter: Delimiter; agreeing: number; columns: number } | null = null;
  for (const delimiter of delimiters) {
    const counts: number[] = [];
    for (let at = 0; at < text.length && counts.length < looksAt; ) {
      const record = readRecord(text, at, delimiter, 0);
      at = record.end;
      // The last one may be cut off where the sample ends.
      if (at >= text.length && counts.length > 1) break;
      if (!record.isBlank) counts.push(record.count);
    }
    const [columns = 1, ...others] = counts;
    if (columns < 2) continue;
    const agreeing = others.length === 0 ? 1 : others.filter((count) => count === columns).length / others.length;
    if (best === null || agreeing > best.agreeing || (agreeing === best.agreeing && columns > best.columns))
      best = { delimiter, agreeing, columns };
  }
  return best?.delimiter ?? ",";
}
