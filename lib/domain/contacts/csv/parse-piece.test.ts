import { describe, expect, it } from "vitest";
import { parsePiece } from "./parse-piece";

const shape = { delimiter: ",", columns: 3 };

describe("reading a piece", () => {
  it("fills cells that a spreadsheet left out at the end, unless told to be strict", () => {
    expect(parsePiece("a,b\n", shape)).toEqual([{ cells: ["a", "b", ""], row: 1 }]);
    expect(parsePiece("a,b\n", { ...shape, isLenient: false })).toMatchObject([
      { problem: "has 2 cells, the header has 3" },
    ]);
  });

  it("keeps every cell of a row with too many, and says so", () => {
    expect(parsePiece("a,b,c,d\ne,f,g\n", { ...shape, firstRow: 7 })).toEqual([
      { cells: ["a", "b", "c", "d"], row: 7, problem: "has 4 cells, the header has 3" },
      { cells: ["e", "f", "g"], row: 8 },
    ]);
  });

  it("reports a quotation mark that is not doubled instead of guessing", () => {
    expect(parsePiece('a,"Jan "Ti" Batis",c\n', shape)).toMatchObject([
      { cells: ["a", 'Jan Ti" Batis"', "c"], problem: "has a quotation mark in cell 2 that is not doubled" },
    ]);
  });

  it("takes a quotation mark inside a plain cell as it stands, and spaces behind a closing one as nothing", () => {
    expect(parsePiece('5" pipe,"b" ,c""\n', shape)).toEqual([{ cells: ['5" pipe', "b", 'c""'], row: 1 }]);
  });

  it("takes away the apostrophe that an export wrote, and no other", () => {
    expect(parsePiece("'=1+1,'t Hart,'+50934123456\n", shape)[0]?.cells).toEqual(["=1+1", "'t Hart", "+50934123456"]);
  });

  it("keeps no more than 512 cells of one row", () => {
    const [row] = parsePiece(`${",".repeat(100_000)}x\n`, shape);
    expect(row?.cells).toHaveLength(512);
    expect(row?.problem).toBe("has 100001 cells, the header has 3");
  });
});
