import { statfsSync } from "node:fs";

/** The embedded database cannot be had, for a reason that the person at the terminal can do something about. */
export class EmbeddedUnavailable extends Error {
  override name = "EmbeddedUnavailable";
}

/** PostgreSQL dies of a full disk in several ways (a bus error, for one), so after a failure the disk itself is asked. */
function isNearlyFull(dir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize < 32 * 1024 * 1024;
  } catch {
    return false;
  }
}

/** Turns a file system's or PostgreSQL's complaint into one sentence that names the folder. */
export function explained(error: unknown, dir: string): Error {
  if (error instanceof EmbeddedUnavailable) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const text = error instanceof Error ? error.message : String(error);
  if (code === "ENOSPC" || code === "EDQUOT" || /no space left|disk quota/i.test(text) || isNearlyFull(dir)) {
    return new EmbeddedUnavailable(`The disk that holds ${dir} is full; the database needs about 200 MB there.`);
  }
  if (code === "EROFS" || /read-only file system/i.test(text)) {
    return new EmbeddedUnavailable(
      `The folder ${dir} is on a read-only disk; the database must be able to write there.`,
    );
  }
  if (code === "EACCES" || code === "EPERM") {
    return new EmbeddedUnavailable(
      `The folder ${dir} (or a file in it) may not be written by this user. It was probably made by another user, ` +
        "such as root: start as that user, give the folder to yours, or remove it.",
    );
  }
  return error instanceof Error ? error : new Error(text);
}
