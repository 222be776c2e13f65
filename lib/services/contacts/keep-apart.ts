import { insertNotDuplicate } from "@/db/queries/contacts/duplicates";
import { lockPair } from "@/db/queries/contacts/merges";
import { invalid } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";

/** Two contacts that look alike are two people: they are not suggested again. */
export async function keepApart(ctx: Context, request: { contactId: string; otherId: string }) {
  requireScope(ctx, "contacts:bulk");
  const [contactId = "", otherId = ""] = [request.contactId, request.otherId].sort();
  if (contactId === otherId) throw invalid("/other_id", "A contact cannot be kept apart from itself.");
  return transaction(ctx, async (tx) => {
    const pair = await lockPair(tx.db, tx.tenantId, [contactId, otherId]);
    // Of a pair that is no more, because one was deleted or merged meanwhile, nothing needs to be kept.
    if (pair.length === 2) await insertNotDuplicate(tx.db, tx.tenantId, { contactId, otherId }, tx.now());
    return { contactId, otherId };
  });
}
