import {
  type BulkChangeRow,
  countChangeRows,
  listChangeRows,
  lockBulkChange,
  updateBulkChange,
} from "@/db/queries/contacts/bulk-changes";
import { lockContacts } from "@/db/queries/contacts/score-facts";
import { canUndo } from "@/lib/domain/contacts/bulk";
import { type BulkChange, inlineLimit } from "@/lib/domain/contacts/bulk-shapes";
import { undoRequested } from "@/lib/domain/contacts/events";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { changePortion, found, handlerOf } from "./change-contacts";
import { tellContactsChanged } from "./tell-contacts-changed";

/** Takes a change of many contacts back: exactly what it changed, and nothing that others changed since. */
export async function undoChange(ctx: Context, id: string): Promise<BulkChange> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const change = await lockBulkChange(tx.db, tx.tenantId, id);
    if (!change) throw notFound("change");
    const { needs } = handlerOf(change.act);
    if (needs) requireScope(tx, needs);
    if (!canUndo(change)) throw refuse(change);
    const total = await countChangeRows(tx.db, tx.tenantId, id);
    if (total === 0)
      throw new AppError(
        "conflict",
        "What is needed to take this change back is kept for a limited time, which has passed.",
        {
          reason: "too_old",
        },
      );
    await updateBulkChange(
      tx.db,
      tx.tenantId,
      id,
      { state: "undoing", cursor: null, total, done: 0, failure: null, endedAt: null },
      tx.now(),
    );
    await tx.audit({ action: "contacts.change_undone", subject: { kind: "change", id, name: change.act } });
    if (total <= inlineLimit) await undoPortion(tx, id);
    else await tx.publish(undoRequested, { changeId: id });
    return found(tx, id);
  });
}

/** Goes on taking a change back for about as long as asked. Answers whether that is the end of it. */
export async function undoMany(ctx: Context, changeId: string, { untilMs }: { untilMs: number }): Promise<boolean> {
  const began = performance.now();
  for (;;) {
    const row = await transaction(ctx, (tx) => undoPortion(tx, changeId));
    if (row.state !== "undoing") return true;
    if (performance.now() - began > untilMs) return false;
  }
}

/** `changed` ends as the number of those who were changed since, and stay as they are. */
async function undoPortion(tx: Tx, changeId: string): Promise<BulkChangeRow> {
  const change = await lockBulkChange(tx.db, tx.tenantId, changeId);
  if (!change) throw notFound("change");
  if (change.state !== "undoing") return change;
  const rows = await listChangeRows(tx.db, tx.tenantId, changeId, change.cursor, changePortion);
  const present = new Set(
    await lockContacts(
      tx.db,
      tx.tenantId,
      rows.map(({ contactId }) => contactId),
    ),
  );
  // Only a deletion brings back who is not there.
  const concerned = change.act === "delete" ? rows : rows.filter(({ contactId }) => present.has(contactId));
  const restored = concerned.length > 0 ? await handlerOf(change.act).undo(tx, concerned, change.detail, changeId) : 0;
  await tellContactsChanged(
    tx,
    concerned.map(({ contactId }) => contactId),
  );
  const isLast = rows.length < changePortion;
  return updateBulkChange(
    tx.db,
    tx.tenantId,
    changeId,
    {
      state: isLast ? "undone" : "undoing",
      cursor: rows.at(-1)?.contactId ?? change.cursor,
      done: change.done + rows.length,
      changed: change.changed - restored,
      ...(isLast ? { endedAt: tx.now() } : {}),
    },
    tx.now(),
  );
}

function refuse(change: BulkChangeRow): AppError {
  if (change.state === "undone" || change.state === "undoing")
    return new AppError("conflict", "This change was taken back before.", { reason: "already_undone" });
  if (change.changed === 0)
    return new AppError("conflict", "This change changed nothing, so there is nothing to take back.", {
      reason: "nothing_changed",
    });
  return new AppError("conflict", "This change is still going on. Wait until it ends.", { reason: "still_running" });
}
