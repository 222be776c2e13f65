import type { Contact, ContactChanges } from "@/lib/domain/contacts/shapes";
import { type Context, requireScope, transaction } from "../context";
import { loadContact } from "./find-contact";
import { auditOf, writeOne } from "./write-one";

/** Takes in somebody new. Nobody is looked up: whether two are one person is asked by the list of duplicates. */
export async function createContact(ctx: Context, request: ContactChanges): Promise<Contact> {
  requireScope(ctx, "contacts:write");
  const { tenantUuid: _, ...input } = request;
  return transaction(ctx, async (tx) => {
    const { id } = await writeOne(tx, input, { policy: "create", match: [] });
    await tx.audit({ action: "contact.created", ...auditOf(id, input) });
    return loadContact(tx, id);
  });
}
