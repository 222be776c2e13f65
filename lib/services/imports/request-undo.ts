import { changeImport } from "@/db/queries/imports/imports";
import { importUndoRequested } from "@/lib/domain/imports/events";
import type { Import } from "@/lib/domain/imports/shapes";
import { type Context, requireScope, transaction } from "../context";
import { holdImport } from "./hold-import";
import { toImport } from "./to-import";

/** Begins to take an import back: whom it made goes, whom it changed is given back, what changed since stays. */
export async function requestUndo(ctx: Context, id: string): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const row = await holdImport(tx, id, "undo");
    const now = tx.now();
    const undoing = await changeImport(tx.db, tx.tenantId, id, row.state, { state: "undoing", failure: null }, now);
    if (!undoing) throw new Error("An import that was held has changed.");
    await tx.publish(importUndoRequested, { importId: id });
    await tx.audit({
      action: "import.undone",
      subject: { kind: "import", id, name: row.fileName },
      before: { created: row.created, updated: row.updated },
    });
    return toImport(undoing, now);
  });
}
