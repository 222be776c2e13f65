import { describe, expect, it } from "vitest";
import type { Column } from "./column";
import { csvCell, csvFileName, toCsv } from "./csv";

describe("a cell in an exported file", () => {
  it.each(["=1+1", "+50937123456", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])("cannot become a formula: %j", (text) => {
    expect(csvCell(text).replace(/^"/, "")).toMatch(/^'/);
  });

  it("keeps a negative number a number", () => {
    expect(csvCell(-12.5)).toBe("-12.5");
  });

  it("quotes what would break the line, and doubles quotes", () => {
    expect(csvCell('one "two", three\nfour')).toBe('"one ""two"", three\nfour"');
  });

  it("says nothing for nothing, and writes times so that every program reads them", () => {
    expect(csvCell(null)).toBe("");
    expect(csvCell(undefined)).toBe("");
    expect(csvCell(Number.NaN)).toBe("");
    expect(csvCell(new Date("2026-11-20T14:12:00Z"))).toBe("2026-11-20T14:12:00.000Z");
    expect(csvCell(true)).toBe("yes");
  });
});

describe("an exported table", () => {
  type Row = { name: string; sent: number };
  const columns: Column<Row>[] = [
    { id: "name", header: "Name", cell: (row) => row.name, csv: (row) => row.name },
    { id: "act", header: "", cell: () => null },
    { id: "sent", header: "=Sent", cell: (row) => row.sent, csv: (row) => row.sent },
  ];

  it("holds the columns that are seen and can be written, in their order", () => {
    expect(toCsv(columns, [{ name: "Nwèl, lin", sent: 3 }])).toBe('Name,\'=Sent\r\n"Nwèl, lin",3\r\n');
    expect(toCsv([...columns].reverse(), [])).toBe("'=Sent,Name\r\n");
  });

  it("gets a file name without accents", () => {
    expect(csvFileName("Pwosesis Nwèl, 20 Nov")).toBe("pwosesis-nwel-20-nov.csv");
    expect(csvFileName("…")).toBe("table.csv");
  });
});
