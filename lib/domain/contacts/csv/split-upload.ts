import { unguarded } from "@/lib/kernel/csv";
import { type Decoded, decodeBytes, type Encoding } from "./decode-bytes";
import { type Delimiter, guessDelimiter, separatorLine } from "./delimiter";
import type { CsvFault, CsvFaultKind, CsvNote } from "./fault";
import { findRecordEnd, type RecordWalk } from "./find-record-end";
import { nameColumns } from "./name-columns";
import { readRecord } from "./read-record";

/** Whole records of one upload, without the header. `firstRow` counts as a spreadsheet does: the header is row 1. */
export type Piece = { firstRow: number; rows: number; text: string };

export type UploadSummary = {
  encoding: Encoding;
  delimiter: Delimiter;
  header: string[];
  /** Blank rows are not among them. */
  rows: number;
  bytes: number;
  /** Why the file is not taken; empty when it is. The pieces before a fault are of no use then. */
  faults: CsvFault[];
  notes: CsvNote[];
};

export const uploadLimits = {
  blockBytes: 64 * 1_024,
  /** What encoding and delimiter are guessed from: bytes of the one, characters of the other. */
  sample: 64 * 1_024,
  pieceCharacters: 256 * 1_024,
  pieceRows: 2_000,
  recordCharacters: 1_024 * 1_024,
  recordLines: 5_000,
  columns: 512,
  rows: 1_000_000,
  maxBytes: 512 * 1_024 * 1_024,
} as const;

export type UploadLimits = { [Limit in keyof typeof uploadLimits]: number };

const quote = 34;
const stopped: Decoded = { encoding: "utf-8", bytes: 0, fault: null };

/**
 * Cuts an upload of any size at the ends of its records. What is held at a time is one piece and one unfinished record,
 * both bounded, so memory stays flat even where hundreds of megabytes come as one line. A fault ends the walk at once:
 * an open quotation mark would otherwise swallow the rest of the file before anybody hears of it.
 */
export async function* splitUpload(
  bytes: AsyncIterable<Uint8Array>,
  limits: Partial<UploadLimits> = {},
): AsyncGenerator<Piece, UploadSummary> {
  const most = { ...uploadLimits, ...limits };
  const source = decodeBytes(bytes, most);
  const summary: UploadSummary = {
    encoding: "utf-8",
    delimiter: ",",
    header: [],
    rows: 0,
    bytes: 0,
    faults: [],
    notes: [],
  };

  /** Not yet handed on: the piece as far as it goes, and the record that is being read. */
  let held = "";
  const walk: RecordWalk = { at: 0, isQuoted: false, mayQuote: true, lines: 1 };
  let recordFrom = 0;
  let nul = -1;
  /** The number of the record that is being read. */
  let row = 1;
  let piece = { firstRow: 1, rows: 0 };
  let separator: number | null = null;

  const refuse = (kind: CsvFaultKind, message: string, at: number | null = row): UploadSummary => {
    summary.faults.push({ kind, row: at, message });
    return summary;
  };
  const neverClosed = (): UploadSummary => {
    const column = readRecord(held, recordFrom, summary.delimiter, 0).count;
    return refuse(
      "quote_never_closed",
      `Row ${row} opens a quotation mark in column ${column} that is never closed. Close it, or take it away.`,
    );
  };

  try {
    for (;;) {
      const next = await source.next();
      const isLast = next.done === true;
      if (!isLast) held += next.value;

      if (separator === null) {
        if (!isLast && held.length < most.sample) continue;
        const said = separatorLine.exec(held);
        if (said) {
          held = held.slice(said[0].length);
          row = 2;
        }
        summary.delimiter = (said?.[1] as Delimiter | undefined) ?? guessDelimiter(held.slice(0, most.sample));
        separator = summary.delimiter.charCodeAt(0);
      }

      nul = held.indexOf("\0", walk.at);
      for (;;) {
        const tooLong = recordFrom + most.recordCharacters;
        const stop = nul === -1 ? tooLong : Math.min(nul, tooLong);
        if (findRecordEnd(held, walk, { separator, stop, mostLines: most.recordLines, isLast })) {
          const refused = endRecord();
          if (refused) return refused;
          if (piece.rows >= most.pieceRows || recordFrom >= most.pieceCharacters) yield* cutPiece();
          continue;
        }
        if (walk.at === nul)
          return refuse("nul", `Row ${row} holds a NUL byte, which no text has. Save the list as CSV in UTF-8.`);
        if (walk.lines > most.recordLines || (walk.at === tooLong && walk.isQuoted)) return neverClosed();
        if (walk.at === tooLong)
          return refuse("record_too_long", `Row ${row} is longer than ${most.recordCharacters} characters.`);
        break;
      }

      if (!isLast) continue;
      const { encoding, bytes: size, fault } = next.value;
      summary.encoding = encoding;
      summary.bytes = size;
      if (fault?.kind === "encoding") return refuse(fault.kind, `Row ${row} ${fault.message}`);
      if (fault) return refuse(fault.kind, fault.message, null);
      if (walk.isQuoted) return neverClosed();
      if (recordFrom < held.length) {
        const refused = endRecord();
        if (refused) return refused;
      }
      yield* cutPiece();
      if (summary.header.length === 0) return refuse("empty", "The file is empty.", null);
      if (summary.rows === 0) return refuse("header_only", "The file holds headings, and no row below them.", null);
      return summary;
    }
  } finally {
    await source.return(stopped);
  }

  function endRecord(): UploadSummary | null {
    const isFirst = summary.header.length === 0;
    const record = isFirst || mayBeBlank() ? readRecord(held, recordFrom, summary.delimiter, most.columns) : null;
    const isHeader = isFirst && record?.isBlank === false;
    if (isHeader) {
      if (record.count > most.columns)
        return refuse("too_many_columns", `The header has ${record.count} columns; at most ${most.columns} are taken.`);
      const { header, notes } = nameColumns(record.cells.map(unguarded));
      summary.header = header;
      summary.notes = notes;
    } else if (!record?.isBlank) {
      summary.rows++;
      piece.rows++;
      if (summary.rows > most.rows) return refuse("too_many_rows", `The file has more than ${most.rows} rows.`);
    }
    recordFrom = walk.at;
    row++;
    // The header is told in the summary: no piece holds it, nor the blank rows above it.
    if (isFirst) letGo();
    return null;
  }

  /** Nearly every row begins with a letter or digit, and needs no second look. */
  function mayBeBlank(): boolean {
    const code = held.charCodeAt(recordFrom);
    return code <= quote || code === separator;
  }

  function* cutPiece(): Generator<Piece> {
    if (piece.rows > 0) yield { ...piece, text: held.slice(0, recordFrom) };
    letGo();
  }

  function letGo(): void {
    held = held.slice(recordFrom);
    walk.at -= recordFrom;
    nul = nul === -1 ? -1 : nul - recordFrom;
    recordFrom = 0;
    piece = { firstRow: row, rows: 0 };
  }
}
