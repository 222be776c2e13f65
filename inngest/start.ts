import { setTimeout as pause } from "node:timers/promises";
import { engineMode } from "@/lib/domain/engine/engine-mode";
import { env, publicUrl } from "@/lib/env";
import { log } from "@/lib/log";
import { door, inngest, subjectOf } from "./client";
import { readConfigs } from "./embedded/config";
import { startEngine } from "./embedded/engine";
import { embeddedHandler } from "./embedded/handler";
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

/** Before anything listens: a function that asks for what the engine does not do ends the start, by name. */
export async function checkFunctions(): Promise<void> {
  if (engineMode(env) === "embedded") readConfigs(await embeddedHandler(inngest, functions).sync());
}

/**
 * Begins in the background, so that requests and signals are answered meanwhile. A database that is away, or not migrated
 * yet, is no reason to end: readiness says so, and the functions begin as soon as it is there.
 */
export function startFunctions(port: number): Running {
  let isStopping = false;
  let running: Running | null = null;
  const starting = (async () => {
    while (!isStopping && running === null) {
      try {
        running = await startNow(port);
      } catch (error) {
        if (!isOfDatabase(error)) throw error;
        log().warn({ error }, "durable functions wait for the database");
        await pause(againMs);
      }
    }
  })().catch((error: unknown) => log().error({ error }, "durable functions could not be started"));
  return {
    stop: async (graceMs) => {
      isStopping = true;
      await starting;
      await running?.stop(graceMs);
    },
  };
}

/** Where the server reaches our functions. */
export function servedAt(): string {
  return `${env.INNGEST_SERVE_ORIGIN ?? publicUrl()}/api/inngest`;
}
