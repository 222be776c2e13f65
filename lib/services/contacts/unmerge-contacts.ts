import {
  deleteAliases,
  endMerge,
  findMerge,
  findMergeAfter,
  isExternalIdTaken,
  lockMerge,
  lockPair,
  restoreContactColumns,
  setSearch,
} from "@/db/queries/contacts/merges";
import { insertRows } from "@/db/queries/contacts/person-rows";
import { deleteFormerAddresses } from "@/db/queries/contacts/save-contacts";
import { contactsChanged } from "@/lib/domain/contacts/events";
import type { Merge } from "@/lib/domain/contacts/merge-shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { toWireId } from "@/lib/kernel/ids";
import { type Context, requireScope, transaction } from "../context";
import { personTables } from "../registry";
import { findErasedLines } from "./erased-photographs";
import { found, type MergeSnapshot, searchOf } from "./merge-contacts";
import { scoreContacts } from "./score-contacts";

/**
 * Parts two contacts again: the other comes back with all that was its own, and the winner gives back what it got, except
 * where somebody changed it since.
 */
export async function unmergeContacts(ctx: Context, mergeId: string): Promise<Merge> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const told = await findMerge(tx.db, tx.tenantId, mergeId);
    if (!told) throw notFound("merge");
    // The person before what is known of them, as an erasure takes the two. Into whom a merge went never changes.
    const [winner] = await lockPair(tx.db, tx.tenantId, [told.contactId]);
    const merge = await lockMerge(tx.db, tx.tenantId, mergeId);
    if (!merge) throw notFound("merge");
    if (merge.undoneAt) throw refuse("already_undone", "This merge was undone before.");
    const { contactId: winnerId, loserId } = merge;
    const later = await findMergeAfter(tx.db, tx.tenantId, merge);
    if (later) {
      const after = toWireId("merge", later.id);
      throw refuse("later_merge", `Another merge stands upon this one. Undo ${after} first.`, { mergeId: after });
    }
    if (!winner)
      throw refuse(
        "winner_gone",
        "The contact that this one was merged into was deleted or erased, and all of it went along.",
      );

    const snapshot = merge.snapshot as MergeSnapshot;
    if (!snapshot.loser) throw refuse("too_old", "What is needed to part the two was kept for a time, and is gone.");
    const { external_id: externalId } = JSON.parse(snapshot.loser) as { external_id: string | null };
    if (externalId !== null && (await isExternalIdTaken(tx.db, tx.tenantId, externalId, winnerId)))
      throw refuse("external_id_taken", `The external id ${externalId} belongs to another contact by now.`);

    if ((await findErasedLines(tx, [snapshot.loser, snapshot.winnerBefore])).size > 0)
      throw refuse("erased", "One of the addresses belongs to a person who was erased, and cannot be taken in again.");

    await deleteAliases(tx.db, tx.tenantId, snapshot.aliases);
    await deleteFormerAddresses(tx.db, tx.tenantId, winnerId, snapshot.leftAddresses ?? []);
    await restoreContactColumns(tx.db, tx.tenantId, winnerId, snapshot.winnerBefore, snapshot.winnerAfter);
    // Where somebody changed the winner since, neither of the two search texts fits any more.
    const [restored] = await lockPair(tx.db, tx.tenantId, [winnerId]);
    if (restored?.externalId !== null && restored?.externalId === externalId)
      throw refuse(
        "external_id_kept",
        `The winner was given the external id ${externalId} by somebody; take it away first.`,
      );
    if (restored) await setSearch(tx.db, tx.tenantId, winnerId, await searchOf(tx, restored));
    const [back] = await insertRows(tx.db, tx.tenantId, "contacts", [snapshot.loser]);
    if (!back) throw refuse("external_id_taken", `The external id ${externalId} belongs to another contact by now.`);
    for (const { table, merge: merging } of personTables())
      if ("part" in merging && table in snapshot.tables)
        await merging.part(tx, { winnerId, loserId }, snapshot.tables[table]);
    await scoreContacts(tx, [winnerId, loserId]);

    await endMerge(tx.db, tx.tenantId, mergeId, tx.now());
    await tx.audit({
      action: "contact.unmerged",
      subject: { kind: "contact", id: winnerId, name: "Contact" },
      after: { partedId: loserId, mergeId },
    });
    await tx.publish(contactsChanged, { ids: [winnerId, loserId] });
    return found(tx, mergeId);
  });
}

function refuse(reason: string, message: string, facts?: Record<string, unknown>): AppError {
  return new AppError("conflict", message, { reason, ...(facts ? { facts } : {}) });
}
