import { endRuns, withParents } from "@/db/queries/engine/end-runs";
import { lockSlots, unparkJobs } from "@/db/queries/engine/jobs";
import { lockRuns } from "@/db/queries/engine/load-runs";
import { findOrphans, waitingKeys, wakeStranded } from "@/db/queries/engine/sweep";
import type { Clock } from "@/db/queries/lease";
import { asWorkerInTransaction } from "@/db/system";
import { log } from "@/lib/log";
import type { FunctionConfig } from "./config";
import { limits } from "./limits";
import { slotLimits } from "./slots";

/**
 * Looks after what nothing else would ever move again. Each of these is a fault that should not happen; here it costs a
 * minute instead of the run. Returns how much it set going.
 */
export async function sweep(engine: {
  clock: () => Clock;
  configs: ReadonlyMap<string, FunctionConfig>;
}): Promise<number> {
  const stranded = await asWorkerInTransaction((db) => wakeStranded(db, engine.clock()));
  if (stranded.length > 0)
    log().warn({ runs: stranded.map(({ id }) => id).slice(0, 20) }, "runs that had come to a halt go on");

  const unparked = await asWorkerInTransaction(async (db) => {
    await lockSlots(db);
    const free = new Map<string, number>();
    for (const [key, { functionId, holders }] of await waitingKeys(db)) {
      const config = engine.configs.get(functionId);
      const limit = slotLimits(config, { key_1: key, key_2: key })[0]?.[1] ?? Number.POSITIVE_INFINITY;
      if (holders < limit) free.set(key, Math.min(1_000, limit - holders));
    }
    return unparkJobs(db, free);
  });

  const gone = await asWorkerInTransaction(async (db) => {
    const orphans = await findOrphans(db, engine.clock(), limits.orphanMs);
    if (orphans.length === 0) return [];
    await lockSlots(db);
    await lockRuns(db, await withParents(db, orphans));
    return endRuns(
      db,
      orphans.map(({ tenant_uuid, id, function_id }) => ({
        tenant_uuid,
        id,
        status: "failed" as const,
        reason: "function_gone" as const,
        error: { name: "FunctionGone", message: `No process knows the function "${function_id}" any more.` },
      })),
      engine.clock(),
    );
  });
  if (gone.length > 0) log().warn({ runs: gone.length }, "runs ended because their function is gone");
  return stranded.length + unparked + gone.length;
}
