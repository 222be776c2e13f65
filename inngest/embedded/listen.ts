import { listenAsWorker, notify } from "@/db/listen";
import { log } from "@/lib/log";

const engineChannel = "madan_engine";

/** Hears other processes. Without it (a pooler that knows no LISTEN) the slow poll finds everything a little later. */
export async function listen(hear: () => void): Promise<() => Promise<void>> {
  try {
    return await listenAsWorker(engineChannel, hear);
  } catch (error) {
    log().warn({ error }, "the database does not let us listen; the engine looks every few seconds instead");
    return async () => {};
  }
}

/** Rings the engines of other processes. Nobody waits for it: the slow poll would find the work too. */
export function notifyOthers(): void {
  notify(engineChannel).catch((error: unknown) => log().debug({ error }, "other processes were not told"));
}
