import { poolOf } from "./client";

/** Hears what other processes say to the engine, on a connection of its own that lasts until it is told to stop. */
export async function listenAsWorker(channel: string, hear: () => void): Promise<() => Promise<void>> {
  const { unlisten } = await poolOf("worker").sql.listen(channel, hear, hear);
  return unlisten;
}

/** After a commit, outside any transaction: a notification inside one would make all commits queue for its lock. */
export async function notify(channel: string): Promise<void> {
  await poolOf("worker").sql.notify(channel, "");
}
