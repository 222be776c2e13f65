/** One CSV row (RFC 4180). A cell that a spreadsheet would run as a formula is made plain text by a leading apostrophe. */
export function csvRow(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? guarded(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * What spreadsheets take for a formula: the four signs, also full-width and behind spaces, controls, unseen characters
 * and quotation marks, which some of them drop; and a tab or line end in front (OWASP, CSV injection).
 */
const formula = /^'*[\t\r\n]|^[\s\p{Cc}\p{Cf}'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * A negative number is only ever itself, and an apostrophe would keep people from adding it up. A phone number is not
 * excepted: a spreadsheet computes "+50934123456" into 5.09E+10 and saves that, and the number is lost for good. Behind
 * the apostrophe it stays as it was, and our import takes the apostrophe away again.
 */
const plainNumber = /^-\d+(?:\.\d+)?$/;

function isGuardable(text: string): boolean {
  return formula.test(text) && !plainNumber.test(text);
}

export function guarded(text: string): string {
  return isGuardable(text) ? `'${text}` : text;
}

/** The other direction: exactly the apostrophe that `guarded` wrote, so that whatever is exported comes back as it was. */
export function unguarded(text: string): string {
  return text.charCodeAt(0) === 39 && isGuardable(text.slice(1)) ? text.slice(1) : text;
}
