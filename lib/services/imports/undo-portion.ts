import { deleteContactRows, eraseConsentsOf } from "@/db/queries/contacts/bulk-acts";
import { findUntouched, listImportChanges, lockImported } from "@/db/queries/imports/import-undo";
import { changeImport, type ImportRow, lockImport } from "@/db/queries/imports/imports";
import { contactsChanged } from "@/lib/domain/contacts/events";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { removeMembers } from "../segments/change-members";
import { findListSegment } from "./find-list-segment";
import { restoreContacts } from "./restore-contacts";
import { takeBackRefusals } from "./take-back-consents";
import { optionsOf } from "./to-import";

const portionMs = 15_000;
/** At most as many as an event may name. */
const batch = 1_000;

export type Undone = { removed: number; restored: number; kept: number };

/** Takes back for a while: first what the import changed, then whom it made. Each batch is a transaction of its own. */
export async function undoPortion(ctx: Context, id: string): Promise<Undone & { isOver: boolean }> {
  requireScope(ctx, "contacts:bulk");
  const until = performance.now() + portionMs;
  for (;;) {
    const { isOver, undone } = await nextBatch(ctx, id);
    if (isOver || performance.now() > until) return { ...undone, isOver };
  }
}

async function nextBatch(ctx: Context, id: string): Promise<{ isOver: boolean; undone: Undone }> {
  return transaction(ctx, async (tx) => {
    const row = await lockImport(tx.db, tx.tenantId, id);
    const undone = row?.undone ?? { removed: 0, restored: 0, kept: 0 };
    if (row?.state !== "undoing") return { isOver: true, undone };
    const changes = await listImportChanges(tx.db, tx.tenantId, id, batch);
    if (changes.length > 0) {
      const { restored, kept } = await restoreContacts(tx, row, changes);
      const next = { ...undone, restored: undone.restored + restored, kept: undone.kept + kept };
      await changeImport(tx.db, tx.tenantId, id, "undoing", { undone: next }, tx.now());
      return { isOver: false, undone: next };
    }
    return removeImported(tx, row, undone);
  });
}

async function removeImported(tx: Tx, row: ImportRow, undone: Undone) {
  const now = tx.now();
  const made = await lockImported(tx.db, tx.tenantId, row.id, row.undoCursor, batch);
  const last = made.at(-1);
  if (last === undefined) {
    const end = { state: "undone", undone, endedAt: now } as const;
    await changeImport(tx.db, tx.tenantId, row.id, "undoing", end, now);
    return { isOver: true, undone };
  }
  const { segmentId } = optionsOf(row);
  const going = await findUntouched(tx.db, tx.tenantId, row.id, made, segmentId);
  if (going.length > 0) {
    // Whoever is deleted vanishes from the list without its size and its history hearing of it.
    if (segmentId !== null && (await findListSegment(tx, segmentId))) await removeMembers(tx, segmentId, going);
    await takeBackRefusals(tx, row, going);
    await eraseConsentsOf(tx.db, going);
    await deleteContactRows(tx.db, tx.tenantId, going);
    await tx.publish(contactsChanged, { ids: going });
  }
  const next = {
    ...undone,
    removed: undone.removed + going.length,
    kept: undone.kept + made.length - going.length,
  };
  await changeImport(tx.db, tx.tenantId, row.id, "undoing", { undone: next, undoCursor: last }, now);
  return { isOver: false, undone: next };
}
