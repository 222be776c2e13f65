import { scratchDatabase } from "./scratch-database";

/** Once per run, before the first worker: what stands in the environment here is what the workers see. */
export async function setup(): Promise<() => Promise<void>> {
  const database = await scratchDatabase("madan_sara_unit");
  Object.assign(process.env, database.env);
  return database.stop;
}
