import type { z } from "zod";
import { listMembers as list } from "@/db/queries/access/members";
import type { MemberQuery } from "@/lib/domain/access/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { type Context, read, requireScope } from "../context";

export async function listMembers(ctx: Context, query: z.output<typeof MemberQuery>) {
  requireScope(ctx, "members:read");
  const { search, role, skip, limit } = query;
  const afterId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, { search, role }, { afterId, skip, limit: limit + 1 });
    return page(rows, limit, (row) => row.id);
  });
}
