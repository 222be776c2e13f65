import { closePools } from "@/db/client";
import { BadEnvironment, env } from "@/lib/env";
import { prepareEnvironment } from "./environment";

/** The frame around the small commands: environment and database before, pools and database after, exit code at the end. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  let stop: () => Promise<unknown> = async () => {};
  try {
    const { database } = await prepareEnvironment();
    if (database) stop = () => database.stop();
    // Reading one variable checks them all, before anything is done.
    void env.DATABASE_URL;
    await work();
  } catch (error) {
    process.exitCode = complain(error);
  } finally {
    await closePools().catch(() => {});
    await stop();
  }
}

export function complain(error: unknown): number {
  const known = error instanceof BadEnvironment || (error instanceof Error && knownNames.has(error.name));
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  return error instanceof BadEnvironment ? 78 : 1;
}

const knownNames = new Set(["EmbeddedUnavailable", "AppError", "Refusal", "CommandError"]);

/** Wrong use of a command: shown as its sentence. */
export class CommandError extends Error {
  override name = "CommandError";
}
