import { changeExport, lockExport } from "@/db/queries/imports/exports";
import { deletePieces } from "@/db/queries/imports/file-pieces";
import { type Context, requireScope, transaction } from "../context";

/** The run has given up: half a file is no file. */
export async function failExport(ctx: Context, id: string, because: string): Promise<void> {
  requireScope(ctx, "contacts:export");
  await transaction(ctx, async (tx) => {
    const row = await lockExport(tx.db, tx.tenantId, id);
    if (row?.state !== "waiting" && row?.state !== "running") return;
    await deletePieces(tx.db, tx.tenantId, id);
    const now = tx.now();
    await changeExport(tx.db, tx.tenantId, id, { state: "failed", failure: because.slice(0, 500), endedAt: now }, now);
  });
}
