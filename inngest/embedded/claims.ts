import type { Db } from "@/db/client";
import {
  type ClaimedJob,
  claimJobs,
  countHolders,
  heldOf,
  lockSlots,
  parkJobs,
  unparkJobs,
} from "@/db/queries/engine/jobs";
import type { Clock } from "@/db/queries/lease";
import { asWorker, asWorkerInTransaction } from "@/db/system";
import type { FunctionConfig } from "./config";
import { notifyOthers } from "./listen";
import { admit, slotLimits } from "./slots";

type ClaimsOptions = {
  own: readonly FunctionConfig[];
  configs: ReadonlyMap<string, FunctionConfig>;
  clock: () => Clock;
  leaseMs: number;
};

/** Takes the next work for this process. `found` counts also what only came a place nearer: then it is worth asking again. */
export class Claims {
  private readonly functions: string[];
  private readonly hasSlots: boolean;
  private lastNotifyAt = 0;

  constructor(private readonly options: ClaimsOptions) {
    this.functions = options.own.map(({ id }) => id);
    this.hasSlots = options.own.some(({ concurrency }) => concurrency.length > 0);
  }

  async take(free: number): Promise<{ found: number; go: readonly ClaimedJob[] }> {
    if (free <= 0) return { found: 0, go: [] };
    const taken = this.hasSlots
      ? await asWorkerInTransaction((db) => this.takeSlots(db, free))
      : await this.takeFree(free);
    if (taken.go.length === free) this.tellOthers();
    return taken;
  }

  private claimJobs(db: Db, limit: number): Promise<ClaimedJob[]> {
    const { clock, leaseMs } = this.options;
    return claimJobs(db, { now: clock(), leaseMs, limit, functions: this.functions });
  }

  private async takeFree(limit: number) {
    const go = await asWorker((db) => this.claimJobs(db, limit));
    return { found: go.length, go };
  }

  /** Where functions have limits, what was claimed is weighed before the claim counts. */
  private async takeSlots(db: Db, limit: number) {
    await lockSlots(db);
    const jobs = await this.claimJobs(db, limit);
    const keys = jobs.flatMap(({ key_1, key_2 }) => [key_1, key_2]).filter((key) => key !== null);
    if (keys.length === 0) return { found: jobs.length, go: jobs };
    const holders = await countHolders(db, [...new Set(keys)], jobs.map(heldOf));
    const limitsOf = (job: ClaimedJob) => slotLimits(this.options.configs.get(job.function_id), job);
    const { go, wait, free } = admit(jobs, holders, limitsOf);
    await parkJobs(
      db,
      wait.map(({ job, gate }) => ({ ...heldOf(job), gate })),
    );
    const unparked = await unparkJobs(db, free);
    return { found: go.length + unparked, go };
  }

  /** There is more than this process can take: another one may be idle. */
  private tellOthers(): void {
    const now = performance.now();
    if (now - this.lastNotifyAt < 250) return;
    this.lastNotifyAt = now;
    notifyOthers();
  }
}
