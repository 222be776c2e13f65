import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmbeddedDatabase } from "@/db/embedded";
import { BadEnvironment, readEnv } from "@/lib/env";
import { type Demo, keepDemo, keptDemo } from "./setup/demo";
import {
  dataDir,
  ensureSecrets,
  isEmbedded,
  isLoopback,
  loadEnvironmentFiles,
  prepareEnvironment,
} from "./setup/environment";

type Phase = <T>(name: string, work: () => Promise<Outcome<T>> | Outcome<T>) => Promise<T>;
type Outcome<T> = { said: string; value: T };

class Refusal extends Error {
  override name = "Refusal";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Everything after the build: environment, database, migrations, demo workspace, server; and the way back. */
export async function launch({ phase, dev }: { phase: Phase; dev: boolean }): Promise<void> {
  const running = makeStopper();
  try {
    loadEnvironmentFiles();
    const database = await phase("Database", () => openDatabase());
    if (database) running.add("database", () => database.stop());
    validate();
    await phase("Migrations", migrateAll);
    const demo = database && isLoopback() ? await phase("Demo workspace", seedDemo) : null;

    const server = await phase("Serving", async () => {
      // Imported late: Next and React read NODE_ENV and the rest of the environment while they load.
      const { serve } = await import("../server");
      const value = await serve({ dev }).catch((error: unknown) => {
        throw isAddressInUse(error)
          ? new Refusal(`Port ${process.env.PORT || 3000} was taken meanwhile. Choose another with PORT.`)
          : error;
      });
      return { said: dev ? "development" : "production", value };
    });
    running.add("server", async () => {
      await server.stop();
      return "stopped";
    });
    greet(server.port, demo);
  } catch (error) {
    await running.stop(false);
    if (error instanceof BadEnvironment) throw new Refusal(error.message, 78);
    throw error;
  }
}

/** Refused here rather than in the middle of a request; the exit code is the one services know for bad configuration. */
function validate(): void {
  readEnv(process.env);
}

async function openDatabase(): Promise<Outcome<EmbeddedDatabase | null>> {
  if (!isEmbedded()) return { said: `at ${new URL(process.env.DATABASE_URL ?? "").host}`, value: null };
  ensureDataDir();
  const { database } = await prepareEnvironment();
  return { said: database?.startedHere ? "started" : "found running", value: database };
}

function ensureDataDir(): void {
  const dir = dataDir();
  const probe = join(dir, `.probe-${process.pid}`);
  try {
    // Without a mode: PostgreSQL may run as another user and must be able to pass. Secrets in it are 0600 each.
    mkdirSync(dir, { recursive: true });
    writeFileSync(probe, Buffer.alloc(64 * 1024));
    ensureSecrets(dir);
  } catch (error) {
    throw new Refusal(folderTrouble(error as NodeJS.ErrnoException, dir));
  } finally {
    // Where the folder itself is the trouble there is no probe either, and that is not worth a second error.
    if (existsSync(probe)) rmSync(probe, { force: true });
  }
}

function folderTrouble(error: NodeJS.ErrnoException, dir: string): string {
  if (error.code === "ENOSPC" || error.code === "EDQUOT")
    return `The disk that holds ${dir} is full. Free some space and start again.`;
  if (error.code === "EROFS")
    return `The folder ${dir} is on a read-only disk. Set DATA_DIR to one that can be written, or DATABASE_URL.`;
  if (error.code === "ENOTDIR" || error.code === "EEXIST")
    return `${dir} cannot be a folder: a file stands in its way. Set DATA_DIR to another.`;
  return (
    `The folder ${dir} may not be written by this user (${error.code}). It was probably made by another one, such as root: ` +
    "start as that user, give the folder to yours, or set DATA_DIR to another."
  );
}

async function migrateAll(): Promise<Outcome<void>> {
  const { migrate } = await import("@/db/migrate");
  const { applied } = await migrate(readEnv(process.env)).catch((error: unknown) => {
    throw databaseTrouble(error) ?? error;
  });
  return { said: applied.length === 0 ? "up to date" : `${applied.length} applied`, value: undefined };
}

/** What PostgreSQL and the network answer to a wrong address, as one sentence that names the variable. */
function databaseTrouble(error: unknown): Refusal | null {
  const code = (error as { code?: string }).code ?? "";
  const { host, pathname } = new URL(process.env.DATABASE_URL ?? "postgres://unknown");
  const reasons: Record<string, string> = {
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "the host is not known",
    EHOSTUNREACH: "the host cannot be reached",
    CONNECT_TIMEOUT: "it does not answer",
    "28P01": "it refuses the password",
    "28000": "it refuses the login",
    "3D000": `it has no database ${pathname.slice(1)}`,
  };
  const reason = reasons[code];
  return reason
    ? new Refusal(`The database at ${host} cannot be used: ${reason} (${code}). Check DATABASE_URL.`)
    : null;
}

async function seedDemo(): Promise<Outcome<Demo | null>> {
  const { seed, renewDemoPassword } = await import("@/db/seed");
  const { hash } = (await import("@/lib/providers/passwords")).createPasswords();
  const { makeDemoContacts } = await import("./setup/demo-contacts");
  const fresh = await seed(hash);
  if (fresh) await makeDemoContacts();
  // A start that was killed between making the demo and keeping its password: the password is made anew.
  const demo = fresh ?? keptDemo() ?? (await renewDemoPassword(hash));
  if (demo) keepDemo(demo);
  return { said: fresh ? "made" : "there", value: demo };
}

function greet(port: number, demo: Demo | null): void {
  const address = process.env.PUBLIC_URL || `http://localhost:${port}`;
  const lines = [
    `Open      ${address}`,
    ...(demo ? [`Sign in   ${demo.email}`, `Password  ${demo.password}`] : []),
    "Stop      Ctrl-C",
  ];
  process.stdout.write(`\n${lines.map((line) => `  ${line}\n`).join("")}\n`);
}

function isAddressInUse(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

/** Stops what was started, last first. A second Ctrl-C hurries; a third leaves at once. */
function makeStopper() {
  const steps: { name: string; stop(): Promise<string> }[] = [];
  let asked = 0;
  let lastAsked = 0;
  let stopping: Promise<void> | undefined;

  async function stopAll(loud: boolean): Promise<void> {
    for (const step of [...steps].reverse()) {
      const began = performance.now();
      const said = await step.stop().catch((error: unknown) => `failed: ${String(error)}`);
      const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
      if (loud) say(`${step.name.padEnd(16)}${said.padEnd(32)}${took.padStart(7)}`);
    }
  }

  function stop(loud: boolean): Promise<void> {
    stopping ??= stopAll(loud);
    return stopping;
  }

  function onSignal(signal: NodeJS.Signals): void {
    const now = performance.now();
    // npm passes a terminal's Ctrl-C on to us, so one press may arrive twice.
    if (asked > 0 && now - lastAsked < 700) return;
    lastAsked = now;
    asked += 1;
    if (asked === 1) {
      say(`\n  Stopping (${signal}); again to hurry`);
      void stop(true).then(() => process.exit(0));
    } else if (asked === 2) {
      void steps.find((step) => step.name === "server")?.stop();
    } else {
      process.exit(1);
    }
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);

  return {
    add(name: string, work: () => Promise<string>) {
      const step = { name, stop: work };
      steps.push(step);
      // Asked to stop while this was still being started: the list was walked without it.
      if (stopping) void stopping.then(() => work());
    },
    stop,
  };
}

function say(line: string): void {
  process.stdout.write(line.startsWith("\n") ? `${line}\n` : `  ${line}\n`);
}
