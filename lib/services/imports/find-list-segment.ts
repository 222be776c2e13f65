import { findSegment, type SegmentRow } from "@/db/queries/segments/segments";
import type { Tx } from "../context";

/** A list that stands; the members of a segment of rules are nobody's to choose. */
export async function findListSegment(tx: Tx, id: string): Promise<SegmentRow | null> {
  const found = await findSegment(tx.db, tx.tenantId, id);
  return found && found.kind === "list" && found.archivedAt === null ? found : null;
}
