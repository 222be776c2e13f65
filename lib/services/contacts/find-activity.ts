import { findWholeContact } from "@/db/queries/contacts/list-contacts";
import { loadScoreFacts } from "@/db/queries/contacts/score-facts";
import { findContactId } from "@/db/queries/contacts/timeline";
import { type ToldLines, tallyActivity } from "@/lib/domain/contacts/activity";
import type { ContactActivity } from "@/lib/domain/contacts/activity-shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, hasScope, read, requireScope } from "../context";
import { timelineSources } from "../registry";
import { toEngagement } from "./find-contact";

/** So many lines of a source are counted: whose time line is longer reads "500+", which is as good as the number. */
const mostLines = 500;

/** How much happened with a person, by kind, and what of it in the last ninety days. */
export async function findActivity(ctx: Context, contactId: string): Promise<ContactActivity> {
  requireScope(ctx, "contacts:read");
  const sources = timelineSources().filter(({ needs }) => !needs || hasScope(ctx, needs));
  return read(ctx, async (tx) => {
    const id = await findContactId(tx.db, tx.tenantId, contactId);
    const row = id ? await findWholeContact(tx.db, tx.tenantId, id) : null;
    if (!id || !row) throw notFound("contact");
    const told: ToldLines[] = [];
    // One after the other: they share the transaction's one connection.
    for (const source of sources) {
      const lines = await source.load(tx, id, { before: null, beforeId: null, limit: mostLines + 1 });
      told.push({ items: lines.slice(0, mostLines), isMore: lines.length > mostLines });
    }
    const { profiles } = await loadScoreFacts(tx.db, tx.tenantId, [id], []);
    const { firstPurchaseAt, lastPurchaseAt, lastVisitAt } = row;
    const lasts = { channels: profiles.map(toEngagement), firstPurchaseAt, lastPurchaseAt, lastVisitAt };
    return tallyActivity(told, lasts, tx.now());
  });
}
