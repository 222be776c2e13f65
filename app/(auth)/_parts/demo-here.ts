import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { env } from "@/lib/env";

/** Whom to sign in as on a newcomer's own start. The password stays in the terminal: a page is read by more eyes. */
export function demoHere(): string | null {
  if (!env.DATABASE_EMBEDDED || !existsSync(kept("demo-password")) || !existsSync(kept("demo-email"))) return null;
  return readFileSync(kept("demo-email"), "utf8").trim() || null;
}

const kept = (name: string) => resolve(/* turbopackIgnore: true */ env.DATA_DIR, name);
