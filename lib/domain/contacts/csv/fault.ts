/** Why a file is not taken at all. Nothing of such a file is kept. */
export const csvFaultKinds = [
  "empty",
  "header_only",
  "spreadsheet",
  "not_text",
  "encoding",
  "nul",
  "quote_never_closed",
  "record_too_long",
  "too_many_columns",
  "too_many_rows",
  "too_large",
] as const;
export type CsvFaultKind = (typeof csvFaultKinds)[number];

/** What is worth telling of a file that is taken. */
export const csvNoteKinds = ["duplicate_column", "unnamed_column", "header_looks_like_data"] as const;
export type CsvNoteKind = (typeof csvNoteKinds)[number];

/** `row` counts as a spreadsheet does, from 1 and with blank rows; null where the whole file is meant. */
export type CsvFault = { kind: CsvFaultKind; row: number | null; message: string };
export type CsvNote = { kind: CsvNoteKind; column: number; message: string };
