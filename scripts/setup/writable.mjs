import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diskTrouble, Refusal } from "./terminal.mjs";

/** Tries for real: permissions, read-only mounts and full disks all show only when something is written. */
export function ensureWritable(folder) {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, Buffer.alloc(64 * 1024));
  } catch (error) {
    throw new Refusal(diskTrouble(error, folder) ?? `The folder ${folder} cannot be used: ${error.message}`);
  } finally {
    try {
      rmSync(probe, { force: true });
    } catch {
      // The first failure is the one worth telling.
    }
  }
}
