import type { Db } from "@/db/client";
import { takeDueBatches } from "@/db/queries/engine/batches";
import { createRuns } from "@/db/queries/engine/create-runs";
import { endRuns, withParents } from "@/db/queries/engine/end-runs";
import { lockSlots, unparkJobs } from "@/db/queries/engine/jobs";
import { lockRuns } from "@/db/queries/engine/load-runs";
import { findOrphans, unservedFunctions, waitingKeys, wakeStranded } from "@/db/queries/engine/sweep";
import type { Clock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import { uuidv7 } from "@/lib/kernel/ids";
import { log } from "@/lib/log";
import type { FunctionConfig } from "./config";
import { limits } from "./limits";
import { slotLimits } from "./slots";

type SweeperOptions = {
  own: readonly FunctionConfig[];
  configs: ReadonlyMap<string, FunctionConfig>;
  clock: () => Clock;
  at: () => Date;
  sweepMs: number;
};

/**
 * Looks after what nothing else would ever move again. Each of these is a fault that should not happen; here it costs a
 * minute instead of the run.
 */
export class Sweeper {
  /** Since when a function with work has been seen to be nobody's. */
  private readonly unserved = new Map<string, Date>();
  private lastAt = performance.now();

  constructor(private readonly options: SweeperOptions) {}

  /** Returns how much it set going. */
  async sweep(): Promise<number> {
    const stranded = await asWorkerInTransaction((db) => wakeStranded(db, this.options.clock()));
    if (stranded.length > 0)
      log().warn({ runs: stranded.map(({ id }) => id).slice(0, 20) }, "runs that had come to a halt go on");
    const freed = await giveSlotsOn(this.options.configs);
    return stranded.length + freed + (await this.endWhatIsGone());
  }

  /**
   * Work of functions that nobody knows any more ends with that reason. Only after they were seen to be nobody's for a
   * while, by one who was awake all the time: after a pause of all processes none has shown itself yet.
   */
  private async endWhatIsGone(): Promise<number> {
    const now = performance.now();
    if (now - this.lastAt > Math.max(2 * this.options.sweepMs, 30_000)) this.unserved.clear();
    this.lastAt = now;
    const own = this.options.own.map(({ id }) => id);
    const unserved = await asWorker((db) => unservedFunctions(db, own, this.options.clock()));
    for (const id of this.unserved.keys()) if (!unserved.includes(id)) this.unserved.delete(id);
    const at = this.options.at();
    for (const id of unserved) if (!this.unserved.has(id)) this.unserved.set(id, at);
    const gone = unserved.filter((id) => at.getTime() - (this.unserved.get(id) ?? at).getTime() >= limits.orphanMs);
    if (gone.length === 0) return 0;
    const ended = await asWorkerInTransaction((db) => this.endRunsOf(db, gone));
    log().warn({ functions: gone, runs: ended }, "runs ended because their function is gone");
    return ended;
  }

  private async endRunsOf(db: Db, functions: readonly string[]): Promise<number> {
    const now = this.options.clock();
    await lockSlots(db);
    // Events that were gathered for it become a run too: it can be replayed when the function is back.
    const batches = await takeDueBatches(db, functions, now);
    const gathered = batches.map((batch) => ({
      ...batch,
      id: uuidv7(),
      trigger: "event" as const,
      parent: null,
      dueAt: null,
      sortAt: this.options.at().toISOString(),
      key1: null,
      key2: null,
      cancelledBy: [],
    }));
    await createRuns(db, gathered, now, uuidv7);
    const orphans = await findOrphans(db, functions, now);
    await lockRuns(db, await withParents(db, orphans));
    const ended = await endRuns(
      db,
      orphans.map(({ tenant_uuid, id, function_id }) => ({
        tenant_uuid,
        id,
        status: "failed" as const,
        reason: "function_gone" as const,
        error: { name: "FunctionGone", message: `No process knows the function "${function_id}" any more.` },
      })),
      now,
    );
    return ended.length;
  }
}

/** Slots that are free although somebody waits for them. Returns how many may compete again. */
export function giveSlotsOn(configs: ReadonlyMap<string, FunctionConfig>): Promise<number> {
  return asWorkerInTransaction(async (db) => {
    await lockSlots(db);
    const free = new Map<string, number>();
    for (const waiting of await waitingKeys(db)) {
      const limits = slotLimits(configs.get(waiting.function_id), waiting);
      const limit = limits.find(([key]) => key === waiting.gate)?.[1] ?? Number.POSITIVE_INFINITY;
      if (waiting.holders < limit) free.set(waiting.gate, Math.min(1_000, limit - waiting.holders));
    }
    return unparkJobs(db, free);
  });
}
