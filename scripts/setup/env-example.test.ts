import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]).sort();

test(".env.example lists exactly the variables that lib/env.ts reads", () => {
  const read = names(readFileSync("lib/env.ts", "utf8"), /^ {2}([A-Z][A-Z0-9_]+):/gm);
  const told = names(readFileSync(".env.example", "utf8"), /^# ([A-Z][A-Z0-9_]+)=/gm);
  expect(read.length).toBeGreaterThan(20);
  expect(told).toEqual(read);
});
