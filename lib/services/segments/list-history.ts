import { findSegment, listSegmentDays } from "@/db/queries/segments/segments";
import { addDays, dayIn } from "@/lib/domain/segments/days";
import { trendOf } from "@/lib/domain/segments/history";
import type { SegmentHistory } from "@/lib/domain/segments/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";
import { loadGround } from "./read-rules";

/** How many came, left and were in, day by day, in the days of the workspace. */
export async function listHistory(ctx: Context, id: string, { days }: { days: number }): Promise<SegmentHistory> {
  requireScope(ctx, "segments:read");
  return read(ctx, async (tx) => {
    if (!(await findSegment(tx.db, tx.tenantId, id))) throw notFound("segment");
    const { timeZone } = await loadGround(tx);
    const today = dayIn(tx.now(), timeZone);
    const noted = await listSegmentDays(tx.db, tx.tenantId, [id], addDays(today, 1 - days));
    return { items: trendOf(noted, today, days) };
  });
}
