import { findContactId } from "@/db/queries/contacts/timeline";
import type { Contact, ContactChanges } from "@/lib/domain/contacts/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { loadContact } from "./find-contact";
import { auditOf, writeOne } from "./write-one";

/** Changes only what is said: two who change different fields of one contact at once both get what they wanted. */
export async function updateContact(ctx: Context, id: string, changes: ContactChanges): Promise<Contact> {
  requireScope(ctx, "contacts:write");
  const { tenantUuid: _, ...input } = changes;
  return transaction(ctx, async (tx) => {
    const found = await findContactId(tx.db, tx.tenantId, id);
    if (!found) throw notFound("contact");
    const outcome = await writeOne(tx, input, { id: found, policy: "update", match: [], tags: "set" });
    if (outcome.kind === "updated") await tx.audit({ action: "contact.updated", ...auditOf(outcome.id, input) });
    return loadContact(tx, outcome.id);
  });
}
