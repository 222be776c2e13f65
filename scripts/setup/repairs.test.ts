import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const { repairDependencies } = (await import("./repairs.mjs" as string)) as {
  repairDependencies(root: string): string[];
};

let root: string;
const driver = (...parts: string[]) => path.join(root, "node_modules", "postgres", ...parts);
const broken = "  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)\n    return x\n  }\n";

function installed(version: string, text = broken) {
  for (const folder of ["src", path.join("cjs", "src")]) {
    mkdirSync(driver(folder), { recursive: true });
    writeFileSync(driver(folder, "connection.js"), text);
  }
  writeFileSync(driver("package.json"), JSON.stringify({ version }));
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "repairs-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a line of a package that must not stay", () => {
  it("is repaired in every file, once", () => {
    installed("3.4.9");
    expect(repairDependencies(root)).toEqual([]);
    const repaired = readFileSync(driver("src", "connection.js"), "utf8");
    expect(repaired).toContain("if (socket === null)");
    expect(readFileSync(driver("cjs", "src", "connection.js"), "utf8")).toBe(repaired);
    expect(repairDependencies(root)).toEqual([]);
    expect(readFileSync(driver("src", "connection.js"), "utf8")).toBe(repaired);
  });

  it("is told of where the package is another one, or reads otherwise", () => {
    installed("3.5.0");
    expect(repairDependencies(root)).toEqual(["postgres is 3.5.0, the repair is for 3.4.9"]);
    installed("3.4.9", "nothing like it");
    expect(repairDependencies(root)).toHaveLength(2);
  });

  it("is repaired in what is installed here", () => {
    expect(readFileSync("node_modules/postgres/src/connection.js", "utf8")).toContain("if (socket === null)");
  });
});
