import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Who uses the embedded database, one file per use, and the lock under which it is started and stopped. Both survive a
 * `kill -9`: a file counts only as long as the process that wrote it lives.
 */

/** Process ids are used again, so a process is known by its id and the moment it began, where the system tells. */
export function processMark(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in brackets and may itself hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : `${pid}:${fields[19]}`;
  } catch {
    return `${pid}:`;
  }
}

export function isLive(mark: string): boolean {
  const pid = Number(mark.split(":")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  return processMark(pid) === mark.trim();
}

let uses = 0;

export function register(dir: string): string {
  const folder = join(dir, "users");
  mkdirSync(folder, { recursive: true });
  uses += 1;
  const file = join(folder, `${process.pid}-${Date.now().toString(36)}-${uses}`);
  writeNew(file, processMark(process.pid) ?? "");
  return file;
}

export function hasOtherUsers(dir: string, own: string): boolean {
  const folder = join(dir, "users");
  let found = false;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (file === own) continue;
    if (isLive(contentOf(file))) found = true;
    else rmSync(file, { force: true });
  }
  return found;
}

/** Runs the work while no other process starts or stops the same server. */
export async function locked<T>(dir: string, work: () => Promise<T>, patienceMs = 120_000): Promise<T> {
  const file = join(dir, "lock");
  const mark = processMark(process.pid) ?? "";
  const giveUpAt = Date.now() + patienceMs;
  while (!tryLock(file, mark)) {
    if (Date.now() > giveUpAt)
      throw new Error(`Another process has held ${file} for too long; remove it if none runs.`);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string, mark: string): boolean {
  try {
    writeNew(file, mark);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = contentOf(file);
  // A lock that is empty may be one that is just being written; after a few seconds it is a leftover.
  const stale = holder === "" ? ageOf(file) > 5000 : !isLive(holder);
  if (stale && contentOf(file) === holder) rmSync(file, { force: true });
  return false;
}

function writeNew(file: string, text: string): void {
  const handle = openSync(file, "wx", 0o644);
  try {
    writeSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
