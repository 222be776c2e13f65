import { Inngest } from "inngest";
import postgres from "postgres";
import { poolOf } from "@/db/client";
import { embeddedDoor } from "@/inngest/embedded/door";
import { startEngine } from "@/inngest/embedded/engine";
import { watchConnection, watchedFetch, watchFor } from "./failpoints";
import { appId, proofFunctions } from "./functions";
import type { Beginning, WorkerEnv } from "./storm";

/** The process that is killed: the engine as the product starts it, with short times, and functions made for this. */
const given = process.env as unknown as WorkerEnv;
const worker = given.PROOF_WORKER;
const leaseMs = Number(given.PROOF_LEASE_MS);
// The proof itself was ended: nobody is left to kill this one.
process.on("disconnect", () => process.exit(1));
// Its libraries are read while its predecessor still lives; it begins when it is told to.
const { arm, sweepMs } = await new Promise<Beginning>((begin) => process.once("message", begin));
const at = watchFor(arm);

const sql = postgres(given.PROOF_URL, { max: 2, onnotice: () => {}, connect_timeout: 10 });
watchConnection(poolOf("worker").sql, at);
const door = embeddedDoor();
const client = new Inngest({
  id: appId,
  ...door.clientOptions,
  fetch: watchedFetch(door.clientOptions.fetch ?? fetch, at),
  checkpointing: { maxRuntime: "50s" },
});
const engine = await startEngine({
  client,
  door,
  functions: proofFunctions(client, { sql, worker, at }),
  capacity: 8,
  leaseMs,
  pollMs: 300,
  // Never within this proof: a wake-up that was lost stays lost, and is seen.
  sweepMs,
  retry: { baseMs: 100, capMs: 1_000, jitter: Math.random },
});

// A machine so busy that this process stood still as long as a lease: that is a pause, whoever caused it.
let seen = Date.now();
setInterval(() => {
  const now = Date.now();
  const from = new Date(seen);
  seen = now;
  if (now - from.getTime() < leaseMs / 2) return;
  void sql`insert into proof_stalls values (${worker}, ${from}, ${new Date(now)})`.catch(() => {});
}, 50).unref();

process.on("message", (word) => {
  if (word !== "stop") return;
  void engine.stop(5_000).then(() => process.exit(0));
});
process.send?.("up");
