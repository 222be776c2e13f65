import type { Contact, ContactChanges } from "@/lib/domain/contacts/shapes";
import { type Context, requireScope, transaction } from "../context";
import { loadContact } from "./find-contact";
import { auditOf, writeOne } from "./write-one";

/** Makes or changes the contact of this external id; a merged one finds whom it became. Tags come to those that are there. */
export async function upsertContact(
  ctx: Context,
  externalId: string,
  request: ContactChanges,
): Promise<{ isNew: boolean; contact: Contact }> {
  requireScope(ctx, "contacts:write");
  const { tenantUuid: _, ...input } = request;
  return transaction(ctx, async (tx) => {
    const said = { ...input, externalId };
    const { id, kind } = await writeOne(tx, said, { policy: "update", match: ["external_id"] });
    const isNew = kind === "created";
    if (isNew || kind === "updated")
      await tx.audit({ action: isNew ? "contact.created" : "contact.updated", ...auditOf(id, said) });
    return { isNew, contact: await loadContact(tx, id) };
  });
}
