import { changeImport, type ImportRow } from "@/db/queries/imports/imports";
import { listRetentionRules } from "@/db/queries/privacy/retention";
import { importUndoRequested } from "@/lib/domain/imports/events";
import type { Import, MappedColumn } from "@/lib/domain/imports/shapes";
import { cutoffOf, retentionOf } from "@/lib/domain/privacy/retention";
import { AppError } from "@/lib/kernel/errors";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { holdImport } from "./hold-import";
import { optionsOf, toImport } from "./to-import";

/** Begins to take an import back: whom it made goes, whom it changed is given back, what changed since stays. */
export async function requestUndo(ctx: Context, id: string): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const row = await holdImport(tx, id, "undo");
    await refuseForgotten(tx, row);
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

/** Half an undo is none: without what contacts were before, those that the import changed would stay as it left them. */
async function refuseForgotten(tx: Tx, row: ImportRow): Promise<void> {
  // One that failed on its way has given back, and forgotten, some of them already.
  if (!remembersSomebody(row) || row.undone !== null || row.startedAt === null) return;
  const rules = retentionOf(await listRetentionRules(tx.db, tx.tenantId));
  const rule = rules.find(({ dataClass }) => dataClass === "change_snapshots");
  if (!rule || row.startedAt >= cutoffOf(rule.days, tx.now())) return;
  // That some of it is still there does not help: the next sweep may have taken the other half already.
  throw new AppError(
    "conflict",
    `What contacts were before an import is kept for ${rule.days} days, which have passed. It cannot be taken back any more.`,
    { reason: "too_old" },
  );
}

/**
 * Whether anything stood to be remembered: whom the file changed in no field it may have put on a list, or said of them what
 * they agreed to.
 */
function remembersSomebody(row: ImportRow): boolean {
  const { consent, segmentId } = optionsOf(row);
  const mapping = (row.mapping ?? []) as MappedColumn[];
  const says = consent !== null || segmentId !== null || mapping.some(({ target }) => target?.startsWith("consent_"));
  return row.updated > 0 || (row.skipped > 0 && says);
}
