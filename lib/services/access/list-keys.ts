import type { z } from "zod";
import { type findApiKey, listApiKeys } from "@/db/queries/access/keys";
import type { ApiKey } from "@/lib/domain/access/shapes";
import { keyState } from "@/lib/domain/access/states";
import { page, readCursor } from "@/lib/kernel/cursor";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope } from "../context";

type Row = NonNullable<Awaited<ReturnType<typeof findApiKey>>>;

export function toApiKey(row: Row, now: Date): ApiKey {
  const { createdBy: _, createdByName, metadata, ...rest } = row;
  return {
    ...rest,
    state: keyState(row, now),
    createdBy: createdByName,
    metadata: (metadata ?? null) as ApiKey["metadata"],
  };
}

export async function listKeys(ctx: Context, query: z.output<typeof listQuery>) {
  requireScope(ctx, "keys:read");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await listApiKeys(tx.db, tx.tenantId, { beforeId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map((row) => toApiKey(row, tx.now())), nextCursor };
  });
}
