import { listRuleSegmentIds } from "@/db/queries/segments/segments";
import { type Context, read, requireScope } from "../context";

/** Refreshing is work for the database: beyond so many, those that wait longest come first. */
const most = 500;

export async function listRuleSegments(ctx: Context): Promise<string[]> {
  requireScope(ctx, "segments:read");
  return read(ctx, (tx) => listRuleSegmentIds(tx.db, tx.tenantId, most));
}
