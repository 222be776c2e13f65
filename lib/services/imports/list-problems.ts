import type { z } from "zod";
import { countProblems, listProblems as list } from "@/db/queries/imports/import-problems";
import { findImport, type ImportRow } from "@/db/queries/imports/imports";
import { missingInWords } from "@/lib/domain/imports/labels";
import { csvRow } from "@/lib/kernel/csv";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope, type Tx } from "../context";

const batch = 1_000;

/** The rows that could not be taken in, each with its reason. */
export async function listProblems(ctx: Context, id: string, query: z.output<typeof listQuery>) {
  requireScope(ctx, "contacts:bulk");
  const afterRow = readCursor(query.cursor, "number");
  return read(ctx, async (tx) => {
    const found = await findImport(tx.db, tx.tenantId, id);
    if (!found) throw notFound("import");
    const rows = await list(tx.db, tx.tenantId, id, { afterRow, skip: query.skip, limit: query.limit + 1 });
    return { ...page(rows, query.limit, (row) => row.row), missing: await countMissing(tx, found) };
  });
}

/** How many more could not be taken in than are kept here: those behind the last, and what time or an erasure took away. */
async function countMissing(tx: Tx, { id, failed }: Pick<ImportRow, "id" | "failed">): Promise<number> {
  return Math.max(0, failed - (await countProblems(tx.db, tx.tenantId, id)));
}

/** The same rows with the cells as they came, to be mended and brought again: a file that an import reads as it is. */
export async function exportProblems(ctx: Context, id: string): Promise<AsyncIterable<string>> {
  requireScope(ctx, "contacts:bulk");
  const found = await read(ctx, (tx) => findImport(tx.db, tx.tenantId, id));
  if (!found) throw notFound("import");
  const header = found.header ?? [];
  return rows();

  async function* rows() {
    yield csvRow([...header, "Row", "Problem"]);
    let afterRow: number | undefined;
    for (;;) {
      const lines = await read(ctx, (tx) => list(tx.db, tx.tenantId, id, { afterRow, limit: batch }));
      for (const { cells, row, problem } of lines) {
        yield csvRow([...header.map((_, column) => cells[column] ?? ""), row, problem]);
      }
      afterRow = lines.at(-1)?.row;
      if (lines.length < batch || afterRow === undefined) break;
    }
    const missing = await read(ctx, async (tx) => {
      const now = await findImport(tx.db, tx.tenantId, id);
      return now ? countMissing(tx, now) : 0;
    });
    if (missing > 0) yield csvRow([...header.map(() => ""), "", missingInWords(missing)]);
  }
}
