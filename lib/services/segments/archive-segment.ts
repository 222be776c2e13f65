import { findAskers, findSegment, updateSegment } from "@/db/queries/segments/segments";
import type { Segment } from "@/lib/domain/segments/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { toWireId } from "@/lib/kernel/ids";
import { type Context, requireScope, transaction } from "../context";
import { toSegment } from "./to-segment";

/** Takes a segment out of use for good; its key is free again, its history stays. Archiving it twice is harmless. */
export async function archiveSegment(ctx: Context, id: string): Promise<Segment> {
  requireScope(ctx, "segments:write");
  return transaction(ctx, async (tx) => {
    const before = await findSegment(tx.db, tx.tenantId, id);
    if (!before) throw notFound("segment");
    if (before.archivedAt) return toSegment(tx, before);
    const [asker] = await findAskers(tx.db, tx.tenantId, toWireId("segment", id));
    if (asker)
      throw new AppError("conflict", `${asker.name} asks about this segment. Change that one first.`, {
        reason: "segment_in_use",
      });
    const row = await updateSegment(tx.db, tx.tenantId, id, { archivedAt: tx.now() }, tx.now());
    if (!row) throw notFound("segment");
    await tx.audit({ action: "segment.archived", subject: { kind: "segment", id, name: row.name } });
    return toSegment(tx, row);
  });
}
