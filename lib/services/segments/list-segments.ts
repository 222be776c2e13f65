import { listSegments as list } from "@/db/queries/segments/segments";
import type { SegmentQuery } from "@/lib/domain/segments/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { type Context, read, requireScope } from "../context";
import { toSegments } from "./to-segment";

export async function listSegments(ctx: Context, query: SegmentQuery) {
  requireScope(ctx, "segments:read");
  const { cursor, limit, skip, ...filter } = query;
  const beforeId = readCursor(cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, filter, { beforeId, skip, limit: limit + 1 });
    const { items, nextCursor } = page(rows, limit, (row) => row.id);
    return { items: await toSegments(tx, items), nextCursor };
  });
}
