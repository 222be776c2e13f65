import { findSegment as find } from "@/db/queries/segments/segments";
import type { Segment } from "@/lib/domain/segments/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";
import { toSegment } from "./to-segment";

/** An archived one is still found by its id: what once used it can say what it was. */
export async function findSegment(ctx: Context, id: string): Promise<Segment> {
  requireScope(ctx, "segments:read");
  return read(ctx, async (tx) => {
    const row = await find(tx.db, tx.tenantId, id);
    if (!row) throw notFound("segment");
    return toSegment(tx, row);
  });
}
