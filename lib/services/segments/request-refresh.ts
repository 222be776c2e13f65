import { findSegment } from "@/db/queries/segments/segments";
import { segmentRefreshDue } from "@/lib/domain/segments/events";
import type { Segment } from "@/lib/domain/segments/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { toSegment } from "./to-segment";

/** Asks for the members to be found anew now; they are there some seconds later. */
export async function requestRefresh(ctx: Context, id: string): Promise<Segment> {
  requireScope(ctx, "segments:write");
  return transaction(ctx, async (tx) => {
    const row = await findSegment(tx.db, tx.tenantId, id);
    if (!row || row.archivedAt) throw notFound("segment");
    if (row.kind === "list")
      throw new AppError("conflict", "A list has no rules that could be asked again.", { reason: "not_rules" });
    await tx.publish(segmentRefreshDue, { segmentId: id });
    return toSegment(tx, row);
  });
}
