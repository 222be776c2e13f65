import type { z } from "zod";
import { listInvitations as list } from "@/db/queries/access/invitations";
import { page, readCursor } from "@/lib/kernel/cursor";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope } from "../context";
import { toInvitation } from "./invite-member";

export async function listInvitations(ctx: Context, query: z.output<typeof listQuery>) {
  requireScope(ctx, "members:read");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, { beforeId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map((row) => toInvitation(row, tx.now())), nextCursor };
  });
}
