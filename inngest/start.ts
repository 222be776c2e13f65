import { engineMode } from "@/lib/domain/engine/engine-mode";
import { env, publicUrl } from "@/lib/env";
import { door, inngest, subjectOf } from "./client";
import { startEngine } from "./embedded/engine";
import { functions } from "./functions";
import { startRelay } from "./relay";

/**
 * What the serving process does for durable functions: it runs them itself, or hands their events to the server that does.
 * Next never starts this: the engine lives in the server's bundle, once a process.
 */
export async function startFunctions(port: number): Promise<{ stop(graceMs: number): Promise<void> }> {
  if (engineMode(env) === "embedded" && door) return startEngine({ client: inngest, door, functions, subjectOf });
  return startRelay({
    client: inngest,
    functions,
    ownUrl: `http://127.0.0.1:${port}/api/inngest`,
    servedAt: servedAt(),
  });
}

/** Where the server reaches our functions. */
export function servedAt(): string {
  return `${env.INNGEST_SERVE_ORIGIN ?? publicUrl()}/api/inngest`;
}
