import type { z } from "zod";
import { listRunRows } from "@/db/queries/engine/list-runs";
import { loadRunStates } from "@/db/queries/engine/load-run-states";
import type { RunQuery } from "@/lib/domain/engine/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { fromWireId } from "@/lib/kernel/ids";
import { type Context, read, requireScope } from "../context";
import { listPlatformRuns } from "./platform-runs";
import { openIds, toRun } from "./to-run";

export async function listRuns(ctx: Context, query: z.output<typeof RunQuery>) {
  requireScope(ctx, "runs:read");
  const { cursor, limit, worksFor, ...wanted } = query;
  const filter = { ...wanted, searchId: wanted.search ? fromWireId("run", wanted.search) : null };
  const place = { afterId: readCursor(cursor, "uuid"), limit: limit + 1 };
  const { rows, facts } =
    worksFor === "platform"
      ? await listPlatformRuns(filter, place)
      : await read(ctx, async (tx) => {
          const rows = await listRunRows(tx.db, tx.tenantId, filter, place);
          return { rows, facts: await loadRunStates(tx.db, tx.tenantId, openIds(rows)) };
        });
  const { items, nextCursor } = page(rows, limit, (row) => row.id);
  return { items: items.map((row) => toRun(row, facts, worksFor, ctx.now())), nextCursor };
}
