import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

const { isStale, locked } = (await import("./lock.mjs" as string)) as {
  isStale(holder: string, ageMs: number): boolean;
  locked<T>(file: string, work: () => Promise<T>, onWait?: () => void): Promise<T>;
};

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "madan-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("two that want the same work do it one after the other", async () => {
  const file = join(dir, "install.lock");
  let inside = 0;
  let most = 0;
  let waited = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(50);
    inside -= 1;
  };
  const onWait = () => {
    waited += 1;
  };
  await Promise.all([locked(file, work, onWait), locked(file, work, onWait), locked(file, work, onWait)]);
  expect(most).toBe(1);
  expect(waited).toBeGreaterThan(0);
  expect(existsSync(file)).toBe(false);
});

test("a lock is given back when the work fails", async () => {
  const file = join(dir, "install.lock");
  const failing = locked(file, async () => {
    throw new Error("no network");
  });
  await expect(failing).rejects.toThrow("no network");
  expect(existsSync(file)).toBe(false);
});

test("a lock whose process was killed, or whose number another process has now, is taken over", async () => {
  const file = join(dir, "install.lock");
  writeFileSync(file, "4194304:1");
  expect(await locked(file, async () => "done")).toBe("done");
  expect(isStale(`${process.pid}:1`, 0)).toBe(process.platform === "linux");
});

test("an empty lock may be one that is just being written", () => {
  expect(isStale("", 10)).toBe(false);
  expect(isStale("", 6000)).toBe(true);
});
