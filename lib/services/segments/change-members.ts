import { findWorkspace } from "@/db/queries/access/workspaces";
import { lockContacts } from "@/db/queries/contacts/score-facts";
import { countMembers, endStays, findContactIds, findMiscounted, insertMembers } from "@/db/queries/segments/members";
import { lockSegment, noteSize } from "@/db/queries/segments/segments";
import { dayIn } from "@/lib/domain/segments/days";
import type { MemberChanges, MembersChanged } from "@/lib/domain/segments/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope, type Tx, transaction } from "../context";

/** What is left over is found the next time. */
const mostLists = 500;

/** Puts people on a list and takes others off it, in one go. */
export async function changeMembers(ctx: Context, id: string, changes: MemberChanges): Promise<MembersChanged> {
  requireScope(ctx, "segments:write");
  return transaction(ctx, async (tx) => {
    // People before the list, as imports and changes of many take them: the other way round each would wait for the other.
    await lockContacts(tx.db, tx.tenantId, [...changes.add, ...changes.remove]);
    const list = await lockList(tx, id);
    const known = await findContactIds(tx.db, tx.tenantId, changes.add);
    const added = await insertMembers(tx.db, tx.tenantId, id, changes.add, tx.now());
    const removed = await endStays(tx.db, tx.tenantId, id, changes.remove, tx.now());
    const size = await noteChange(tx, list, { added: added.length, removed: removed.length });
    if (added.length + removed.length > 0)
      await tx.audit({
        action: "segment.members_changed",
        subject: { kind: "segment", id, name: list.name },
        after: { added: added.length, removed: removed.length },
      });
    return {
      added: added.length,
      removed: removed.length,
      unknown: changes.add.filter((contactId) => !known.has(contactId)),
      size,
    };
  });
}

/** For imports and changes of many: answers whom it really added. No line in the log, whoever calls writes their own. */
export async function addMembers(tx: Tx, segmentId: string, ids: readonly string[]): Promise<string[]> {
  const list = await lockList(tx, segmentId);
  const added = await insertMembers(tx.db, tx.tenantId, segmentId, ids, tx.now());
  await noteChange(tx, list, { added: added.length, removed: 0 });
  return added;
}

/** Answers whom it really took off. */
export async function removeMembers(tx: Tx, segmentId: string, ids: readonly string[]): Promise<string[]> {
  const list = await lockList(tx, segmentId);
  const removed = await endStays(tx.db, tx.tenantId, segmentId, ids, tx.now());
  await noteChange(tx, list, { added: 0, removed: removed.length });
  return removed;
}

/** A list that stands and is not archived; nobody but the rules themselves says who is in a segment of rules. */
export async function lockList(tx: Tx, id: string) {
  const segment = await lockSegment(tx.db, tx.tenantId, id);
  if (!segment) throw notFound("segment");
  requireList(segment);
  return segment;
}

export function requireList({ kind }: { kind: string }): void {
  if (kind === "list") return;
  throw new AppError("conflict", "Its rules say who is in this segment. Only lists are filled by hand.", {
    reason: "not_a_list",
  });
}

type List = { id: string; size: number };

/**
 * The list is locked, so its size moves by what came and went: counted each time, a file of a million would count a million
 * for each of its pieces. Who was deleted is taken off by `recountLists`.
 */
async function noteChange(tx: Tx, { id, size: before }: List, { added, removed }: { added: number; removed: number }) {
  if (added + removed === 0) return before;
  const size = Math.max(0, before + added - removed);
  await note(tx, id, { size, entered: added, left: removed });
  return size;
}

async function note(tx: Tx, id: string, facts: { size: number; entered: number; left: number }): Promise<void> {
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  const now = tx.now();
  const day = dayIn(now, workspace?.timeZone ?? "UTC");
  await noteSize(tx.db, tx.tenantId, id, { ...facts, day, now });
}

/** Counts the lists whose people have gone by a deletion, an erasure or a merge, which know nothing of lists. */
export async function recountLists(ctx: Context): Promise<number> {
  requireScope(ctx, "segments:read");
  const ids = await read(ctx, (tx) => findMiscounted(tx.db, tx.tenantId, mostLists));
  for (const id of ids)
    await transaction(ctx, async (tx) => {
      const list = await lockSegment(tx.db, tx.tenantId, id);
      if (!list) return;
      const size = await countMembers(tx.db, tx.tenantId, id);
      if (size !== list.size) await note(tx, id, { size, entered: 0, left: Math.max(0, list.size - size) });
    });
  return ids.length;
}
