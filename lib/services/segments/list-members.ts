import type { z } from "zod";
import { compileRules } from "@/db/queries/segments/compile-rules";
import { listListMembers, listRuleMembers } from "@/db/queries/segments/members";
import { findSegment } from "@/db/queries/segments/segments";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope } from "../context";
import { readyRules } from "./read-rules";

/** Who is in, newest contacts first. Rules whose members were never found yet are asked on the spot. */
export async function listMembers(ctx: Context, id: string, query: z.output<typeof listQuery>) {
  requireScope(ctx, "segments:read");
  requireScope(ctx, "contacts:read");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const segment = await findSegment(tx.db, tx.tenantId, id);
    if (!segment) throw notFound("segment");
    const { db, tenantId } = tx;
    const place = { beforeId, skip: query.skip, limit: query.limit + 1 };
    const isKept = segment.kind === "list" || segment.refreshedAt !== null;
    const ready = isKept ? null : await readyRules(tx, segment.rules);
    const rows = ready
      ? await listRuleMembers(
          db,
          tenantId,
          compileRules(ready.tree, ready.fields, { ...ready, tenantId, now: tx.now() }),
          place,
        )
      : await listListMembers(db, tenantId, id, place);
    return page(rows, query.limit, (row) => row.id);
  });
}
