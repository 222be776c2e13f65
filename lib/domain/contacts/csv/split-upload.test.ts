import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRow } from "@/lib/kernel/csv";
import { parsePiece } from "./parse-piece";
import { type Piece, splitUpload, type UploadLimits, type UploadSummary } from "./split-upload";

type Upload = UploadSummary & { pieces: Piece[]; read: { cells: string[]; row: number; problem?: string }[] };

async function upload(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, limits: Partial<UploadLimits> = {}) {
  async function* source() {
    yield* chunks;
  }
  const split = splitUpload(source(), limits);
  const pieces: Piece[] = [];
  for (;;) {
    const next = await split.next();
    if (!next.done) {
      pieces.push(next.value);
      continue;
    }
    const { delimiter, header } = next.value;
    const read = pieces.flatMap(({ text, firstRow }) =>
      parsePiece(text, { delimiter, columns: header.length, firstRow }),
    );
    return { ...next.value, pieces, read } satisfies Upload;
  }
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
function utf16(text: string, isBig: boolean) {
  const bytes = Buffer.from(text, "utf16le");
  return isBig ? bytes.swap16() : bytes;
}
const cells = ({ read }: Upload) => read.map((row) => row.cells);

describe("splitting an upload", () => {
  it.each([
    ["UTF-8", utf8("name,city\nJozèf,Pòtoprens\n"), "utf-8"],
    ["UTF-8 with its mark", utf8("\ufeffname,city\nJozèf,Pòtoprens\n"), "utf-8"],
    ["UTF-16 with its mark", utf16("\ufeffname,city\nJozèf,Pòtoprens\n", false), "utf-16le"],
    ["big-endian UTF-16 with its mark", utf16("\ufeffname,city\nJozèf,Pòtoprens\n", true), "utf-16be"],
    ["UTF-16 without a mark", utf16("name,city\nJozèf,Pòtoprens\n", false), "utf-16le"],
    ["big-endian UTF-16 without a mark", utf16("name,city\nJozèf,Pòtoprens\n", true), "utf-16be"],
    ["Windows-1252", latin("name,city\nJoz\xe8f,P\xf2toprens\n"), "windows-1252"],
  ])("reads %s", async (_, bytes, encoding) => {
    const found = await upload([bytes]);
    expect(found).toMatchObject({ encoding, header: ["name", "city"], rows: 1, bytes: bytes.length, faults: [] });
    expect(cells(found)).toEqual([["Jozèf", "Pòtoprens"]]);
  });

  it("reads the letters that Windows-1252 has where others have controls", async () => {
    const found = await upload([latin("price,said\n5 \x80,\x93oui\x94 \x96 \x9cuf\n")]);
    expect(cells(found)).toEqual([["5 €", "“oui” – œuf"]]);
  });

  it("reads an old list whose first accent stands far behind its first 64 KiB", async () => {
    const plain = "name\n".padEnd(300_000, "Jan Batis\n");
    const found = await upload([latin(`${plain}\nJoz\xe8f\n`)]);
    expect(found).toMatchObject({ encoding: "windows-1252", faults: [] });
    expect(found.read.at(-1)?.cells).toEqual(["Jozèf"]);
  });

  it("reads an accent that is the very last byte of an old list", async () => {
    expect(cells(await upload([latin("name\nJos\xe9")]))).toEqual([["José"]]);
  });

  it("names the row whose bytes break the encoding of the rows before", async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => (at === 18_765 ? "Jos\xe9" : "Jos\xc3\xa9")).join("\n");
    const found = await upload([latin(`name\n${rows}`)]);
    expect(found.faults).toEqual([{ kind: "encoding", row: 18_767, message: expect.stringContaining("not UTF-8") }]);
    const small = await upload([latin("name\nJos\xc3\xa9\nJos\xc3\xa9\nJos\xe9\n")]);
    expect(small.faults).toMatchObject([{ kind: "encoding", row: 4 }]);
    const torn = await upload([utf16("\ufeffname\nJo", false).subarray(0, -1)]);
    expect(torn.faults).toMatchObject([{ kind: "encoding", row: 2 }]);
  });

  it.each([
    [",", "name,city\nA,B\n"],
    [";", 'name;price\n"A;B";1,5\n"C";2,5\n'],
    ["\t", "name\tnote\nA\tone, two\n"],
    ["|", "name|note\nA|one, two\n"],
    [";", '"Nom, prénom";"Ville"\n"A, B";"C"\n'],
    [",", "name\nA\n"],
    [";", "sep=;\r\nname;city\r\nA,B;C\r\n"],
  ])("finds the delimiter %j in %j", async (delimiter, text) => {
    expect((await upload([utf8(text)])).delimiter).toBe(delimiter);
  });

  it.each([["\n"], ["\r\n"], ["\r"]])("takes %j as the end of a line", async (end) => {
    const found = await upload([utf8(["name,city", "A,B", "C,D", ""].join(end))]);
    expect(found.read).toEqual([
      { cells: ["A", "B"], row: 2 },
      { cells: ["C", "D"], row: 3 },
    ]);
  });

  it("counts rows as a spreadsheet does: blank ones are skipped and counted", async () => {
    const found = await upload([utf8('\nname,city\n\nA,B\n,\n"",""\n"two\nlines",D\nE,F')]);
    expect(found.rows).toBe(3);
    expect(found.read.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [4, "A"],
      [7, "two\nlines"],
      [8, "E"],
    ]);
  });

  it("keeps apart columns of one name, and names those that have none", async () => {
    const found = await upload([utf8("email,name,email (2),,Email\na,b,c,d,e\n")]);
    expect(found.header).toEqual(["email", "name", "email (2)", "Column 4", "Email (3)"]);
    expect(found.notes).toMatchObject([
      { kind: "unnamed_column", column: 4 },
      { kind: "duplicate_column", column: 5, message: expect.stringContaining("columns 1 and 5") },
    ]);
  });

  it("says when the first row seems to be a person", async () => {
    expect((await upload([utf8("Jan,jan@example.com\nA,a@b.ht\n")])).notes).toMatchObject([
      { kind: "header_looks_like_data", column: 2 },
    ]);
  });

  it.each([
    ["an empty file", "", "empty", null],
    ["a file of blank lines", "\n\r\n ,\n", "empty", null],
    ["a header alone", "name,email\n\n", "header_only", null],
    ["a quotation mark that is never closed", 'a,b\n1,2\n3,"4\n5,6\n', "quote_never_closed", 3],
    ["a NUL byte", "a,b\n1,2\n3,\u00004\n5,6\n", "nul", 3],
    ["a NUL byte in the header", "a,\u0000b\n1,2\n", "nul", 1],
    ["too many columns", `${"a,".repeat(512)}a\n1\n`, "too_many_columns", 1],
  ])("refuses %s and says where", async (_, text, kind, row) => {
    expect((await upload([utf8(text)])).faults).toMatchObject([{ kind, row }]);
  });

  it("names the column of a quotation mark that is never closed", async () => {
    const [fault] = (await upload([utf8('a,b\n1,2\n3,"4\n5,6\n')])).faults;
    expect(fault?.message).toBe(
      "Row 3 opens a quotation mark in column 2 that is never closed. Close it, or take it away.",
    );
  });

  it("stops soon after an open quotation mark instead of reading hundreds of megabytes", async () => {
    let sent = 0;
    async function* endless() {
      yield utf8('a,b\n1,2\n3,"4\n');
      for (; sent < 500; sent++) yield utf8("5,6 and some words\n".repeat(50_000));
    }
    expect((await upload(endless())).faults).toMatchObject([{ kind: "quote_never_closed", row: 3 }]);
    expect(sent).toBeLessThan(4);
  });

  it("stops at one endless line", async () => {
    let sent = 0;
    async function* endless() {
      yield utf8("a,b\n1,2\n");
      for (; sent < 500; sent++) yield utf8("x".repeat(1_000_000));
    }
    expect((await upload(endless())).faults).toMatchObject([{ kind: "record_too_long", row: 3 }]);
    expect(sent).toBeLessThan(4);
  });

  it("refuses too many rows and too many bytes", async () => {
    const rows = utf8(`a\n${"1\n".repeat(11)}`);
    expect((await upload([rows], { rows: 10 })).faults).toMatchObject([{ kind: "too_many_rows", row: 12 }]);
    expect((await upload([rows], { rows: 11 })).faults).toEqual([]);
    expect((await upload([rows], { maxBytes: 20 })).faults).toMatchObject([{ kind: "too_large" }]);
  });

  it.each([
    ["an Excel file", [0x50, 0x4b, 0x03, 0x04], "spreadsheet"],
    ["an old Excel file", [0xd0, 0xcf, 0x11, 0xe0], "spreadsheet"],
    ["a PDF", [0x25, 0x50, 0x44, 0x46], "not_text"],
  ])("tells somebody who brings %s to save it as CSV", async (_, bytes, kind) => {
    const [fault] = (await upload([Uint8Array.from([...bytes, 1, 2, 3, 4])])).faults;
    expect(fault).toMatchObject({ kind, message: expect.stringContaining("Save the list as CSV") });
  });

  it("lets go of the upload as soon as nobody wants more of it", async () => {
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield utf8("a,b\n1,2\n".repeat(10_000));
      } finally {
        isClosed = true;
      }
    }
    for await (const piece of splitUpload(source())) {
      expect(piece.rows).toBe(2_000);
      break;
    }
    expect(isClosed).toBe(true);
  });

  it("cuts only at the ends of rows, and numbers pieces without a gap", async () => {
    const text = csvRow(["a", "b"]) + Array.from({ length: 5_000 }, (_, at) => csvRow([at, "x\ny"])).join("");
    const found = await upload([utf8(text)]);
    expect(found.pieces.map(({ firstRow, rows }) => [firstRow, rows])).toEqual([
      [2, 2_000],
      [2_002, 2_000],
      [4_002, 1_000],
    ]);
    expect(found.read.map(({ cells }) => Number(cells[0]))).toEqual(Array.from({ length: 5_000 }, (_, at) => at));
  });

  const mess = fc.array(
    fc.constantFrom('"', '""', ",", ";", "\n", "\r", "\r\n", "a", "é", "𝄞", " ", "'", "=", '","', '"\n"'),
    { maxLength: 60 },
  );

  it("finds the same in any text however its bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        mess,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        async (parts, size, block) => {
          const bytes = utf8(`h1,h2\n${parts.join("")}`);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          );
          const whole = await upload([bytes]);
          const cut = await upload(chunks, { blockBytes: block, pieceRows: 2, sample: 8 });
          expect(cut.faults).toEqual(whole.faults);
          expect(cut.header).toEqual(whole.header);
          if (whole.faults.length > 0) return;
          expect(cut.read).toEqual(whole.read);
          // The walk that cuts and the reader that parses agree on what a row is.
          expect(cut.read.length).toBe(cut.rows);
          expect(whole.read.length).toBe(whole.rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives back any cells that an export wrote, formulas and apostrophes too", async () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc
        .array(fc.constantFrom("'", "=", "-", "+", "@", "＝", " ", "\t", "\r", "\n", '"', ",", "1", ".", "a", "\u200b"))
        .map((all) => all.join("")),
    );
    const tidy = cell.map((text) => text.replaceAll("\0", ""));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(tidy, tidy), { minLength: 1, maxLength: 6 }), async (rows) => {
        // The first cell keeps rows of nothing but spaces from being blank ones.
        const written = rows.map(([first, second], at) => [`r${at}`, first, second]);
        const text = [["id", "one", "two"], ...written].map((row) => csvRow(row)).join("");
        const found = await upload([utf8(text)], { blockBytes: 5, sample: 8 });
        expect(found.faults).toEqual([]);
        expect(cells(found)).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  it("reads 20 MB in little memory and time", async () => {
    async function* rows() {
      yield utf8("id,name,email,phone,city,tags,amount,note\n");
      for (let block = 0; block < 200; block++)
        yield utf8(`${block},Jan Batis,jan@example.com,+50934123456,Pòtoprens,vip;new,12.50,"a, b"\n`.repeat(1_300));
    }
    const started = performance.now();
    let most = 0;
    let seen = 0;
    const before = process.memoryUsage().rss;
    for await (const piece of splitUpload(rows())) {
      seen += piece.rows;
      most = Math.max(most, piece.text.length);
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
    }
    expect(seen).toBe(260_000);
    expect(most).toBeLessThan(300 * 1_024);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
