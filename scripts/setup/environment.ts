import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { type EmbeddedDatabase, startEmbedded } from "@/db/embedded";

type Variables = Record<string, string | undefined>;

/** What the process was given wins over `.env.local`, which wins over `.env`. An empty value counts as not given. */
export function mergedEnvironment(given: Variables, local: string, shared: string): Variables {
  const filled = (variables: Variables) =>
    Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  return { ...filled(parseEnv(shared)), ...filled(parseEnv(local)), ...filled(given) };
}

export function loadEnvironmentFiles(root = process.cwd()): void {
  const read = (name: string) => (existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8") : "");
  Object.assign(process.env, mergedEnvironment(process.env, read(".env.local"), read(".env")));
}

export function dataDir(): string {
  return resolve(process.env.DATA_DIR || ".data");
}

export function isEmbedded(): boolean {
  return !process.env.DATABASE_URL || process.env.DATABASE_EMBEDDED === "1";
}

export function isLoopback(host = process.env.HOST || "127.0.0.1"): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Only for the embedded default: whoever brings a database brings the secrets that belong to it. */
export function ensureSecrets(dir = dataDir()): void {
  const file = join(dir, "secrets.env");
  let secrets = readSecrets(file);
  if (!secrets) {
    mkdirSync(dir, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, newSecrets(), { mode: 0o600 });
    try {
      // A link fails where the name is there already: of two first starts at once, both end with the same secrets.
      linkSync(unfinished, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(unfinished, { force: true });
    }
    secrets = readSecrets(file);
  }
  if (!secrets?.AUTH_SECRET || !secrets.ENCRYPTION_KEYS) {
    throw new Error(`${file} must hold AUTH_SECRET and ENCRYPTION_KEYS. What was encrypted is lost without them.`);
  }
  process.env.AUTH_SECRET ||= secrets.AUTH_SECRET;
  process.env.ENCRYPTION_KEYS ||= secrets.ENCRYPTION_KEYS;
}

function readSecrets(file: string) {
  return existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : null;
}

function newSecrets(): string {
  return `AUTH_SECRET=${randomBytes(48).toString("base64")}\nENCRYPTION_KEYS=k1:${randomBytes(32).toString("base64")}\n`;
}

/** Makes the environment complete: files, and on a fresh machine the embedded database and its secrets. */
export async function prepareEnvironment(): Promise<{ database: EmbeddedDatabase | null }> {
  loadEnvironmentFiles();
  if (!isEmbedded()) return { database: null };
  const database = await startEmbedded({ dir: join(dataDir(), "postgres") });
  ensureSecrets();
  process.env.DATABASE_URL = database.url;
  process.env.DATABASE_EMBEDDED = "1";
  return { database };
}
