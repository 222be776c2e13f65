import { findWorkspace } from "@/db/queries/access/workspaces";
import { lockContacts } from "@/db/queries/contacts/score-facts";
import { countMembers, endStays, findContactIds, insertMembers } from "@/db/queries/segments/members";
import { lockSegment, noteSize } from "@/db/queries/segments/segments";
import { dayIn } from "@/lib/domain/segments/days";
import type { MemberChanges, MembersChanged } from "@/lib/domain/segments/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, type Tx, transaction } from "../context";

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
    const size = await noteChange(tx, id, { added: added.length, removed: removed.length });
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
  await lockList(tx, segmentId);
  const added = await insertMembers(tx.db, tx.tenantId, segmentId, ids, tx.now());
  await noteChange(tx, segmentId, { added: added.length, removed: 0 });
  return added;
}

/** Answers whom it really took off. */
export async function removeMembers(tx: Tx, segmentId: string, ids: readonly string[]): Promise<string[]> {
  await lockList(tx, segmentId);
  const removed = await endStays(tx.db, tx.tenantId, segmentId, ids, tx.now());
  await noteChange(tx, segmentId, { added: 0, removed: removed.length });
  return removed;
}

/** A list that stands and is not archived; nobody but the rules themselves says who is in a segment of rules. */
export async function lockList(tx: Tx, id: string) {
  const segment = await lockSegment(tx.db, tx.tenantId, id);
  if (!segment) throw notFound("segment");
  if (segment.kind !== "list")
    throw new AppError("conflict", "Its rules say who is in this segment. Only lists are filled by hand.", {
      reason: "not_a_list",
    });
  return segment;
}

async function noteChange(tx: Tx, id: string, { added, removed }: { added: number; removed: number }) {
  const size = await countMembers(tx.db, tx.tenantId, id);
  if (added + removed === 0) return size;
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  const now = tx.now();
  const day = dayIn(now, workspace?.timeZone ?? "UTC");
  await noteSize(tx.db, tx.tenantId, id, { size, entered: added, left: removed, day, now });
  return size;
}
