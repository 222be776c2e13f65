import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const { buildHash, sourceFiles } = (await import("./build.mjs" as string)) as {
  buildHash(root: string, options?: { environment?: Record<string, string>; nodeVersion?: string }): string;
  sourceFiles(root: string): string[];
};

describe("the hash that says whether to build again", () => {
  let root = "";
  const put = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const hash = (environment: Record<string, string> = {}, nodeVersion = "20.20.0") =>
    buildHash(root, { environment, nodeVersion });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "madan-build-"));
    put("package.json", "{}");
    put("package-lock.json", "{}");
    put("server.ts", "1");
    put("app/page.tsx", "1");
    put("lib/deep/er/file.ts", "1");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test.each([
    ["a page", "app/page.tsx"],
    ["a file deep below", "lib/deep/er/file.ts"],
    ["the lockfile", "package-lock.json"],
    ["a new file", "public/new.svg"],
  ])("changes with %s", (_, file) => {
    const before = hash();
    put(file, "2");
    expect(hash()).not.toBe(before);
  });

  test.each([
    ["a test", "lib/deep/er/file.test.ts"],
    ["a build's own output", ".next/server/page.js"],
    ["the data", ".data/postgres/access.json"],
    ["the journeys", "e2e/journeys/sign-in.spec.ts"],
    ["a reader's file", "README.md"],
  ])("does not change with %s", (_, file) => {
    const before = hash();
    put(file, "2");
    expect(hash()).toBe(before);
  });

  test("notices content that moves from one file to the next", () => {
    put("app/a.ts", "ab");
    put("app/b.ts", "c");
    const before = hash();
    put("app/a.ts", "a");
    put("app/b.ts", "bc");
    expect(hash()).not.toBe(before);
  });

  test("changes with what the browser is told, and with Node's major version only", () => {
    expect(hash({ NEXT_PUBLIC_X: "1" })).not.toBe(hash());
    expect(hash({ DATABASE_URL: "1" })).toBe(hash());
    expect(hash({}, "22.1.0")).not.toBe(hash());
    expect(hash({}, "20.20.1")).toBe(hash());
  });

  test("lists paths from the root, the same on every system", () => {
    expect(sourceFiles(root)).toEqual([
      "app/page.tsx",
      "lib/deep/er/file.ts",
      "package-lock.json",
      "package.json",
      "server.ts",
    ]);
  });
});
