import { findSegment } from "@/db/queries/segments/segments";
import { invalid, notFound } from "@/lib/kernel/errors";
import { fromWireId } from "@/lib/kernel/ids";
import type { BulkHandler, ChangeRow } from "../contacts/person-data";
import { requireScope, type Tx } from "../context";
import { addMembers, removeMembers, requireList } from "./change-members";

/** The detail names the list by its wire id or as the API spells it. */
async function checkList(tx: Tx, detail: Record<string, unknown>) {
  requireScope(tx, "segments:write");
  const given = detail.segmentId ?? detail.segment_id ?? detail.segment;
  const id = typeof given === "string" ? fromWireId("segment", given) : null;
  if (!id) throw invalid("/detail/segment_id", "must be the id of a list, like seg_…");
  const segment = await findSegment(tx.db, tx.tenantId, id);
  if (!segment || segment.archivedAt) throw notFound("segment");
  // Only looked at: the list is held after the people who go onto it, and looked at once more then.
  requireList(segment);
  return { segmentId: id };
}

const listOf = (detail: Record<string, unknown>) => String(detail.segmentId);
const rowsOf = (ids: string[], before: Record<string, unknown>): ChangeRow[] =>
  ids.map((contactId) => ({ contactId, before }));
const idsOf = (rows: ChangeRow[]) => rows.map(({ contactId }) => contactId);

/** Putting many on a list and taking many off it. The undo leaves alone whom somebody moved the same way back since. */
export const segmentBulkActs: BulkHandler[] = [
  {
    act: "segment_add",
    needs: "segments:write",
    check: checkList,
    apply: async (tx, ids, detail) => rowsOf(await addMembers(tx, listOf(detail), ids), { isMember: false }),
    undo: async (tx, rows, detail) => (await removeMembers(tx, listOf(detail), idsOf(rows))).length,
  },
  {
    act: "segment_remove",
    needs: "segments:write",
    check: checkList,
    apply: async (tx, ids, detail) => rowsOf(await removeMembers(tx, listOf(detail), ids), { isMember: true }),
    undo: async (tx, rows, detail) => (await addMembers(tx, listOf(detail), idsOf(rows))).length,
  },
];
