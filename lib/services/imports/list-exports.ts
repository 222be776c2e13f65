import type { z } from "zod";
import { findExport as find, listExports as list } from "@/db/queries/imports/exports";
import type { Export, ExportQuery } from "@/lib/domain/imports/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";
import { toExport } from "./to-export";

export async function listExports(ctx: Context, query: z.output<typeof ExportQuery>) {
  requireScope(ctx, "contacts:export");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const { kind, skip, limit } = query;
    const rows = await list(tx.db, tx.tenantId, { kind, beforeId, skip, limit: limit + 1 });
    const { items, nextCursor } = page(rows, limit, (row) => row.id);
    return { items: items.map((row) => toExport(row, tx.now())), nextCursor };
  });
}

export async function findExport(ctx: Context, id: string): Promise<Export> {
  requireScope(ctx, "contacts:export");
  return read(ctx, async (tx) => {
    const row = await find(tx.db, tx.tenantId, id);
    if (!row) throw notFound("export");
    return toExport(row, tx.now());
  });
}
