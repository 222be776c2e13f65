import { lockDepartingContacts } from "@/db/queries/contacts/score-facts";
import { notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { personTables } from "../registry";
import { tellContactsChanged } from "./tell-contacts-changed";

/**
 * Takes a contact away with all that is known of it, for good. What stops an address stays, so that the next import of the
 * same person does not write to them; an erasure at the person's own request is another verb, and leaves a proof.
 */
export async function deleteContact(ctx: Context, contactId: string): Promise<void> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    // An id of old must not take away whoever it leads to now: only the contact that still has it is held.
    const [id] = await lockDepartingContacts(tx.db, tx.tenantId, [contactId]);
    if (!id) throw notFound("contact");
    const tables = personTables();
    for (const { outlive } of tables) await outlive?.(tx, [id]);
    for (const { table, erase } of tables) if (table !== "contacts" && erase !== "cascade") await erase(tx, id);
    const own = tables.find(({ table }) => table === "contacts");
    if (own && own.erase !== "cascade") await own.erase(tx, id);
    await tx.audit({ action: "contact.deleted", subject: { kind: "contact", id, name: "Contact" } });
    await tellContactsChanged(tx, [id]);
  });
}
