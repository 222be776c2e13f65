import { findImport as find } from "@/db/queries/imports/imports";
import type { Import } from "@/lib/domain/imports/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";
import { toImport } from "./to-import";

export async function findImport(ctx: Context, id: string): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  return read(ctx, async (tx) => {
    const row = await find(tx.db, tx.tenantId, id);
    if (!row) throw notFound("import");
    return toImport(row, tx.now());
  });
}
