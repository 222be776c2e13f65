import { csvCell as textCell } from "@/lib/kernel/csv";
import type { Column } from "./column";

export type CsvValue = string | number | boolean | Date | null | undefined;

export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return textCell(value);
}

/** Exactly what is seen: these columns, these rows, in this order. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const written = columns.filter((column) => column.csv);
  const lines = [
    written.map((column) => csvCell(column.header)).join(","),
    ...rows.map((row) => written.map((column) => csvCell(column.csv?.(row))).join(",")),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

/** "Audit, 20 Nov" -> "audit-20-nov.csv" */
export function csvFileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${plain || "table"}.csv`;
}

export function saveFile(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  // The mark at the front lets a spreadsheet read "Nwèl" as it was written.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
