import type { z } from "zod";
import { listErasures as listRows } from "@/db/queries/privacy/erasures";
import type { ErasureList } from "@/lib/domain/privacy/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope } from "../context";
import { toErasure } from "./erase-person";

/** The proofs that people were erased, newest first. Nothing in them names anybody. */
export async function listErasures(
  ctx: Context,
  query: z.output<typeof listQuery>,
): Promise<z.output<typeof ErasureList>> {
  requireScope(ctx, "privacy:read");
  const rows = await read(ctx, (tx) =>
    listRows(tx.db, tx.tenantId, {
      ...{ beforeId: readCursor(query.cursor, "uuid"), skip: query.skip, limit: query.limit + 1 },
    }),
  );
  const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
  return { items: items.map(toErasure), nextCursor };
}
