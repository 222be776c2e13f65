import { findMembersByIds } from "@/db/queries/segments/members";
import type { CountRequest, SegmentCount } from "@/lib/domain/segments/shapes";
import { type Context, read, requireScope } from "../context";
import { countSegment } from "./count-segment";
import { readRules, sentenceOf } from "./read-rules";

/** How many the rules would find, as a number, a sentence and a few of them, before anything is saved. */
export async function countRules(ctx: Context, request: CountRequest): Promise<SegmentCount> {
  requireScope(ctx, "segments:read");
  requireScope(ctx, "contacts:read");
  return read(ctx, async (tx) => {
    const rules = await readRules(tx, request.rules);
    const { ids, ...counted } = await countSegment(tx, rules, { exact: request.exact });
    return { ...counted, says: sentenceOf(rules), sample: await findMembersByIds(tx.db, tx.tenantId, ids) };
  });
}
