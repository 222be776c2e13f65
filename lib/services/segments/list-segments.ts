import { findContactId } from "@/db/queries/contacts/timeline";
import { listSegments as list } from "@/db/queries/segments/segments";
import type { SegmentQuery } from "@/lib/domain/segments/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { type Context, read, requireScope } from "../context";
import { toSegments } from "./to-segment";

export async function listSegments(ctx: Context, query: SegmentQuery) {
  requireScope(ctx, "segments:read");
  // Where a person stands says something of the person.
  if (query.contact) requireScope(ctx, "contacts:read");
  const { cursor, limit, skip, contact, ...filter } = query;
  const beforeId = readCursor(cursor, "uuid");
  return read(ctx, async (tx) => {
    const contactId = contact ? await findContactId(tx.db, tx.tenantId, contact) : undefined;
    if (contactId === null) return { items: [], nextCursor: null };
    const rows = await list(tx.db, tx.tenantId, { ...filter, contactId }, { beforeId, skip, limit: limit + 1 });
    const { items, nextCursor } = page(rows, limit, (row) => row.id);
    return { items: await toSegments(tx, items), nextCursor };
  });
}
