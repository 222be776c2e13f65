import type { z } from "zod";
import { listImports as list } from "@/db/queries/imports/imports";
import { page, readCursor } from "@/lib/kernel/cursor";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope } from "../context";
import { toImport } from "./to-import";

export async function listImports(ctx: Context, query: z.output<typeof listQuery>) {
  requireScope(ctx, "contacts:bulk");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await list(tx.db, tx.tenantId, { beforeId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map((row) => toImport(row, tx.now())), nextCursor };
  });
}
