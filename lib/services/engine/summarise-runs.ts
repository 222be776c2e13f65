import { countEndedByHour, countOpenRuns } from "@/db/queries/engine/count-runs";
import type { RunSummary } from "@/lib/domain/engine/shapes";
import { hourMs } from "@/lib/kernel/time";
import { type Context, read, requireScope } from "../context";

const hoursShown = 24;

/** How many runs are at what now, and what ended in each of the last 24 hours. The last hour is the one going on. */
export async function summariseRuns(ctx: Context): Promise<RunSummary> {
  requireScope(ctx, "runs:read");
  const now = ctx.now();
  const first = Math.floor(now.getTime() / hourMs) * hourMs - (hoursShown - 1) * hourMs;
  return read(ctx, async (tx) => {
    const open = await countOpenRuns(tx.db, tx.tenantId, now);
    const ended = await countEndedByHour(tx.db, tx.tenantId, new Date(first));
    const amount = (status: string, at?: number) =>
      ended
        .filter((row) => row.status === status && (at === undefined || row.hour.getTime() === at))
        .reduce((sum, row) => sum + row.amount, 0);
    const outcome = (at?: number) => ({
      completed: amount("completed", at),
      failed: amount("failed", at),
      cancelled: amount("cancelled", at),
    });
    const hours = Array.from({ length: hoursShown }, (_, index) => first + index * hourMs);
    return { now: open, day: outcome(), hours: hours.map((at) => ({ at: new Date(at), ...outcome(at) })) };
  });
}
