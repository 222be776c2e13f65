import { unguarded } from "@/lib/kernel/csv";
import { readRecord } from "./read-record";

export type CsvRow = { cells: string[]; row: number; problem?: string };

export type PieceShape = {
  delimiter: string;
  /** How many the header has. */
  columns: number;
  /** The number of the piece's first record; blank rows count, so that numbers are those that a spreadsheet shows. */
  firstRow?: number;
  /** Whether cells that are missing at the end are empty ones: spreadsheets leave them out. */
  isLenient?: boolean;
};

/** What is kept of a row with too many cells, for the person to look at. */
const mostCells = 512;

/** The rows of one piece. A row that is not as the header says carries its problem, and all its cells to be mended. */
export function parsePiece(text: string, { delimiter, columns, firstRow = 1, isLenient = true }: PieceShape): CsvRow[] {
  const rows: CsvRow[] = [];
  let row = firstRow;
  for (let at = 0; at < text.length; row++) {
    const { cells, count, end, isBlank, misquoted } = readRecord(text, at, delimiter, Math.max(columns, mostCells));
    at = end;
    if (isBlank) continue;
    for (let index = 0; index < cells.length; index++) cells[index] = unguarded(cells[index] ?? "");
    const problem =
      misquoted !== null
        ? `has a quotation mark in cell ${misquoted} that is not doubled`
        : count > columns || (count < columns && !isLenient)
          ? `has ${cellsOf(count)}, the header has ${columns}`
          : undefined;
    while (cells.length < columns) cells.push("");
    rows.push(problem === undefined ? { cells, row } : { cells, row, problem });
  }
  return rows;
}

const cellsOf = (count: number) => (count === 1 ? "1 cell" : `${count} cells`);
