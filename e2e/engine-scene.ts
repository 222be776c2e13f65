import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import type { Engine } from "@/inngest/embedded/engine";
import { scratchDatabase } from "./scratch-database";

export type RunRow = { status: string; output: unknown; error: { name: string; message: string } | null };

export type EngineScene = {
  /** The superuser: to break what no verb can break, and to hold what a function waits for. */
  admin: postgres.Sql;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Makes the cron of a function due now. */
  tick(functionId: string): Promise<void>;
  /** The runs of a function in one workspace, the oldest first. */
  runs(tenantId: string, functionId: string): Promise<RunRow[]>;
  /** The same functions in a process of their own, which can be killed. */
  startProcess(): Promise<ChildProcess>;
  close(): Promise<void>;
};

const child = fileURLToPath(new URL("engine-process.ts", import.meta.url));

/** Times that suit a test: who dies is taken over from after this. */
export const leaseMs = 2_000;

/**
 * All functions of the product on the engine that runs them, with a database of their own: sweeps walk through all
 * workspaces, and a function that dies here must not be taken over by an engine that another test has started.
 */
export async function openEngineScene(name: string): Promise<EngineScene> {
  const database = await scratchDatabase(name, { pool: 10 });
  Object.assign(process.env, database.env);
  // Only now: whoever asks for the functions first decides which environment they have.
  const { env } = await import("@/lib/env");
  if (env.DATABASE_URL !== database.url) throw new Error("The environment was read before this scene was opened.");
  const { door, inngest, subjectOf } = await import("@/inngest/client");
  const { startEngine } = await import("@/inngest/embedded/engine");
  const { functions } = await import("@/inngest/functions");
  const { closePools } = await import("@/db/client");
  const admin = postgres(database.adminUrl, { max: 4, onnotice: () => {} });
  let engine: Engine | null = null;
  const children = new Set<ChildProcess>();

  const scene: EngineScene = {
    admin,
    async start() {
      if (!door) throw new Error("These tests are for the embedded engine.");
      const retry = { baseMs: 20, capMs: 60, jitter: () => 0.5 };
      engine = await startEngine({ client: inngest, door, functions, subjectOf, pollMs: 200, leaseMs, retry });
    },
    async stop() {
      await engine?.stop(5_000);
      engine = null;
    },
    async tick(functionId) {
      await scene.stop();
      const due = await admin`
        update engine_marks set at = now() - interval '1 second'
        where kind = 'cron' and key like ${`madan-sara-${functionId}:%`} returning key`;
      if (due.length !== 1) throw new Error(`There is no cron of ${functionId}.`);
      await scene.start();
    },
    async runs(tenantId, functionId) {
      const rows = await admin<RunRow[]>`
        select status, output, error from engine_runs
        where tenant_uuid = ${tenantId} and function_id = ${`madan-sara-${functionId}`} order by created_at, id`;
      return [...rows];
    },
    async startProcess() {
      const started = fork(child, {
        cwd: path.dirname(path.dirname(child)),
        execArgv: ["--import", "tsx"],
        env: { ...process.env, ENGINE_LEASE_MS: String(leaseMs) },
      });
      children.add(started);
      await new Promise<void>((done, fail) => {
        started.once("message", () => done());
        started.once("exit", (code) => fail(new Error(`The process of the engine ended with ${code}.`)));
      });
      return started;
    },
    async close() {
      for (const each of children) each.kill("SIGKILL");
      await scene.stop();
      await admin.end({ timeout: 1 });
      await closePools(1);
      await database.stop();
    },
  };
  return scene;
}
