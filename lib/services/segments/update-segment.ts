import { findAskers, isKeyTaken, lockSegment, updateSegment as update } from "@/db/queries/segments/segments";
import { segmentRefreshDue } from "@/lib/domain/segments/events";
import { type RuleTree, withoutWords } from "@/lib/domain/segments/rules";
import type { Segment, SegmentChanges } from "@/lib/domain/segments/shapes";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { toWireId } from "@/lib/kernel/ids";
import { differences } from "../access/differences";
import { type Context, requireScope, transaction } from "../context";
import { keyTaken } from "./create-segment";
import { asksAboutSegments, readRules } from "./read-rules";
import { toSegment } from "./to-segment";

/** Changes what a segment is called or who belongs to it; new rules find their members anew. */
export async function updateSegment(ctx: Context, id: string, changes: SegmentChanges): Promise<Segment> {
  requireScope(ctx, "segments:write");
  return transaction(ctx, async (tx) => {
    const before = await lockSegment(tx.db, tx.tenantId, id);
    if (!before) throw notFound("segment");
    const { tenantUuid: _, rules: given, ...wanted } = changes;
    if (given !== undefined && before.kind === "list") throw invalid("/rules", "must be left out: a list has none");
    const rules = given === undefined ? undefined : (await readRules(tx, given)).tree;
    if (rules && asksAboutSegments(rules)) {
      const [asker] = await findAskers(tx.db, tx.tenantId, toWireId("segment", id));
      if (asker)
        throw new AppError(
          "conflict",
          `${asker.name} asks about this segment, so it cannot ask about segments itself.`,
          {
            reason: "segment_in_use",
          },
        );
    }
    if (wanted.key !== undefined && (await isKeyTaken(tx.db, tx.tenantId, wanted.key, id))) throw keyTaken();
    const all = { ...wanted, ...(rules ? { rules } : {}) };
    const changed = differences(before, all);
    if (!changed) return toSegment(tx, before);
    const row = await update(tx.db, tx.tenantId, id, all, tx.now());
    if (!row) throw notFound("segment");
    await tx.audit({
      action: "segment.updated",
      subject: { kind: "segment", id, name: row.name },
      before: audited(changed.before),
      after: audited(changed.after),
    });
    if (rules) await tx.publish(segmentRefreshDue, { segmentId: id });
    return toSegment(tx, row);
  });
}

function audited(values: Record<string, unknown>): Record<string, unknown> {
  return values.rules ? { ...values, rules: withoutWords(values.rules as RuleTree) } : values;
}
