import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { safeEntryName, type ZipEntry, zip } from "./zip";

async function* from<Part>(parts: Iterable<Part>): AsyncGenerator<Part> {
  yield* parts;
}
const entry = (name: string, ...chunks: (string | Uint8Array)[]): ZipEntry => ({ name, chunks: from(chunks) });

async function pack(entries: ZipEntry[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of zip(from(entries), new Date("2026-11-21T10:00:00Z"))) parts.push(part);
  return Buffer.concat(parts);
}

describe("zip", () => {
  const entries = () => [
    entry("data.json", '{"name":"Joz', 'èf"}'),
    entry("tables/notes.csv", "a\r\n".repeat(200_000), new Uint8Array([65, 66])),
    entry("empty.txt"),
    entry("Nwèl.txt", "half \ud83e", "\uddf5 whole"),
  ];

  it("gives back every byte of every file", async () => {
    const files = unzipSync(await pack(entries()));
    expect(Object.keys(files)).toEqual(["data.json", "tables/notes.csv", "empty.txt", "Nwèl.txt"]);
    expect(strFromU8(files["data.json"] ?? new Uint8Array())).toBe('{"name":"Jozèf"}');
    expect(strFromU8(files["tables/notes.csv"] ?? new Uint8Array())).toBe(`${"a\r\n".repeat(200_000)}AB`);
    expect(strFromU8(files["Nwèl.txt"] ?? new Uint8Array())).toBe("half 🧵 whole");
    expect(files["empty.txt"]).toHaveLength(0);
  });

  it.skipIf(!existsSync("/usr/bin/unzip"))("is whole in the eyes of the system's own program", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "zip-"));
    try {
      const file = path.join(folder, "out.zip");
      writeFileSync(file, await pack(entries()));
      expect(execFileSync("/usr/bin/unzip", ["-t", file], { encoding: "utf8" })).toContain("No errors detected");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ["../../etc/passwd", "etc/passwd"],
    ["/etc/passwd", "etc/passwd"],
    ["C:\\Windows\\x.dll", "C-/Windows/x.dll"],
    ["a/./b/../c.txt", "a/b/c.txt"],
    ["no\0thing\u202e.txt", "nothing.txt"],
    ["..", "file"],
    ["", "file"],
  ])("writes %j as %j, inside the folder", (name, safe) => {
    expect(safeEntryName(name)).toBe(safe);
  });

  it("keeps files of one name apart, whatever their case", async () => {
    const files = unzipSync(await pack([entry("a/b.csv", "1"), entry("A/B.csv", "2"), entry("../a/b.csv", "3")]));
    expect(Object.keys(files)).toEqual(["a/b.csv", "A/B (2).csv", "a/b (3).csv"]);
  });

  it("reads only as fast as it is read from, and lets go of its source when nobody reads on", async () => {
    let read = 0;
    let isClosed = false;
    async function* endless() {
      try {
        for (;;) {
          read++;
          yield crypto.getRandomValues(new Uint8Array(65_536));
        }
      } finally {
        isClosed = true;
      }
    }
    let got = 0;
    for await (const part of zip(from([{ name: "endless.bin", chunks: endless() }]))) {
      got += part.length;
      if (got > 1_000_000) break;
    }
    expect(read).toBeLessThan(30);
    expect(isClosed).toBe(true);
  });

  it("passes on the failure of a source instead of an archive that looks whole", async () => {
    async function* failing() {
      yield "a";
      throw new Error("the database went away");
    }
    await expect(pack([{ name: "a.txt", chunks: failing() }])).rejects.toThrow("the database went away");
  });
});
