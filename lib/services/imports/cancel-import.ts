import { deletePieces } from "@/db/queries/imports/file-pieces";
import { changeImport } from "@/db/queries/imports/imports";
import type { Import } from "@/lib/domain/imports/shapes";
import { type Context, requireScope, transaction } from "../context";
import { holdImport } from "./hold-import";
import { toImport } from "./to-import";

/** Stops after the piece that is being written. What is in stays, and can be taken back. */
export async function cancelImport(ctx: Context, id: string): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    // The lock waits for the piece that is being written, so the counts below are the last ones.
    const row = await holdImport(tx, id, "cancel");
    const now = tx.now();
    const ended = await changeImport(tx.db, tx.tenantId, id, "running", { state: "cancelled", endedAt: now }, now);
    if (!ended) throw new Error("An import that was held has changed.");
    await deletePieces(tx.db, tx.tenantId, id);
    await tx.audit({
      action: "import.cancelled",
      subject: { kind: "import", id, name: row.fileName },
      after: { done: ended.done, rows: ended.rows },
    });
    return toImport(ended, now);
  });
}
