import { setTimeout as pause } from "node:timers/promises";
import { engineMode } from "@/lib/domain/engine/engine-mode";
import { env, publicUrl } from "@/lib/env";
import { log } from "@/lib/log";
import { door, inngest, subjectOf } from "./client";
import { startEngine } from "./embedded/engine";
import { isOfDatabase } from "./embedded/transient";
import { functions } from "./functions";
import { startRelay } from "./relay";

type Running = { stop(graceMs: number): Promise<void> };

/**
 * What the serving process does for durable functions: it runs them itself, or hands their events to the server that does.
 * Next never starts this: the engine lives in the server's bundle, once a process.
 */
function startNow(port: number): Promise<Running> {
  if (engineMode(env) === "embedded" && door) return startEngine({ client: inngest, door, functions, subjectOf });
  return startRelay({
    client: inngest,
    functions,
    ownUrl: `http://127.0.0.1:${port}/api/inngest`,
    servedAt: servedAt(),
  });
}

const againMs = 2_000;

/**
 * A function that cannot run here ends the start. A database that is away, or not migrated yet, does not: pages and
 * readiness say so, and the functions begin as soon as it is there.
 */
export async function startFunctions(port: number): Promise<Running> {
  let isStopping = false;
  let running: Running | null = null;
  const attempt = async (): Promise<boolean> => {
    try {
      running = await startNow(port);
      return true;
    } catch (error) {
      if (!isOfDatabase(error)) throw error;
      log().warn({ error }, "durable functions wait for the database");
      return false;
    }
  };
  const later = async () => {
    do await pause(againMs);
    while (!isStopping && !(await attempt()));
  };
  const starting = (await attempt())
    ? Promise.resolve()
    : later().catch((error: unknown) => log().error({ error }, "durable functions could not be started"));
  return {
    stop: async (graceMs) => {
      isStopping = true;
      await Promise.race([starting, pause(againMs)]);
      await running?.stop(graceMs);
    },
  };
}

/** Where the server reaches our functions. */
export function servedAt(): string {
  return `${env.INNGEST_SERVE_ORIGIN ?? publicUrl()}/api/inngest`;
}
