import { compileRules } from "@/db/queries/segments/compile-rules";
import { countMembers, endOfPortion, refreshMembers } from "@/db/queries/segments/members";
import { findSegment, lockSegment, noteSize } from "@/db/queries/segments/segments";
import { dayIn } from "@/lib/domain/segments/days";
import { type Context, read, transaction } from "../context";
import { loadGround, readyRules } from "./read-rules";

/** So many contacts are looked at in one transaction: long enough to be quick, short enough to hold nobody up. */
export const portionSize = 20_000;

export type RefreshPlace = { after: string | null };
export type RefreshPortion =
  | { kind: "portion"; entered: number; left: number; upTo: string | null }
  | { kind: "over"; because: "archived" | "list" | "rules_unreadable" };

/**
 * Makes the members of the next portion of contacts those whom the rules find now. Running it twice changes nothing, and a
 * crash between two portions leaves the ones before it done.
 */
export async function refreshPortion(
  ctx: Context,
  segmentId: string,
  { after }: RefreshPlace,
): Promise<RefreshPortion> {
  return transaction(ctx, async (tx) => {
    const { db, tenantId } = tx;
    const segment = await findSegment(db, tenantId, segmentId);
    if (!segment || segment.archivedAt) return { kind: "over", because: "archived" };
    if (segment.kind !== "rules") return { kind: "over", because: "list" };
    const ready = await readyRules(tx, segment.rules);
    if (!ready) return { kind: "over", because: "rules_unreadable" };
    const now = tx.now();
    const upTo = await endOfPortion(db, tenantId, after, portionSize);
    const condition = compileRules(ready.tree, ready.fields, { ...ready, tenantId, now });
    const { entered, left } = await refreshMembers(db, tenantId, segmentId, condition, { after, upTo }, now);
    return { kind: "portion", entered, left, upTo };
  });
}

/**
 * Notes the size once all portions are through. Whoever later listens for people that entered or left (sequences) is told
 * from here: the stays that began or ended since the last refresh, at most 1,000 ids an event. Nobody listens yet.
 */
export async function settleRefresh(
  ctx: Context,
  segmentId: string,
  { entered, left }: { entered: number; left: number },
): Promise<{ size: number }> {
  return transaction(ctx, async (tx) => {
    const { db, tenantId } = tx;
    if (!(await lockSegment(db, tenantId, segmentId))) return { size: 0 };
    const { timeZone } = await loadGround(tx);
    const now = tx.now();
    const size = await countMembers(db, tenantId, segmentId);
    await noteSize(db, tenantId, segmentId, { size, entered, left, day: dayIn(now, timeZone), now });
    return { size };
  });
}

/** For the tests and the demo: all portions in a row. */
export async function refreshNow(ctx: Context, segmentId: string): Promise<{ size: number }> {
  const sum = { entered: 0, left: 0 };
  let after: string | null = null;
  do {
    const portion: RefreshPortion = await refreshPortion(ctx, segmentId, { after });
    if (portion.kind === "over") return read(ctx, async () => ({ size: 0 }));
    sum.entered += portion.entered;
    sum.left += portion.left;
    after = portion.upTo;
  } while (after !== null);
  return settleRefresh(ctx, segmentId, sum);
}
