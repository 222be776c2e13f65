import { deletePieces } from "@/db/queries/imports/file-pieces";
import { deleteImport as remove } from "@/db/queries/imports/imports";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { holdImport } from "./hold-import";

/** Throws away a file that nobody started. */
export async function deleteImport(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:bulk");
  await transaction(ctx, async (tx) => {
    const row = await holdImport(tx, id, "delete");
    await removeImport(tx, id);
    await tx.audit({
      action: "import.cancelled",
      subject: { kind: "import", id, name: row.fileName },
      before: { rows: row.rows, started: false },
    });
  });
}

/** The row with its file. Only of an import that has written nothing. */
export async function removeImport(tx: Tx, id: string): Promise<void> {
  await deletePieces(tx.db, tx.tenantId, id);
  await remove(tx.db, tx.tenantId, id);
}
