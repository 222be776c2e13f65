import type { z } from "zod";
import { deleteIdentity, listIdentities as list, setIdentityMetadata } from "@/db/queries/contacts/identities";
import { keepFormerAddresses } from "@/db/queries/contacts/save-contacts";
import { findContactId } from "@/db/queries/contacts/timeline";
import { plainAccount } from "@/lib/domain/contacts/account";
import type { Identity, NewIdentityRequest } from "@/lib/domain/contacts/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope, transaction } from "../context";
import { holdContact } from "./notes";
import { tellContactsChanged } from "./tell-contacts-changed";
import { auditOf, writeOne } from "./write-one";

/** The accounts of a person at vendors. */
export async function listIdentities(ctx: Context, contactId: string, query: z.output<typeof listQuery>) {
  requireScope(ctx, "contacts:read");
  const afterId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const id = await findContactId(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    const rows = await list(tx.db, tx.tenantId, id, { afterId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map(toIdentity), nextCursor };
  });
}

export function toIdentity(row: Awaited<ReturnType<typeof list>>[number]): Identity {
  return { ...row, metadata: (row.metadata ?? null) as Identity["metadata"] };
}

/** Adds an account; one that is there already is answered as it is. */
export async function addIdentity(
  ctx: Context,
  contactId: string,
  request: z.output<typeof NewIdentityRequest>,
): Promise<Identity> {
  requireScope(ctx, "contacts:write");
  const { tenantUuid: _, metadata, ...identity } = request;
  return transaction(ctx, async (tx) => {
    const id = await holdContact(tx, contactId);
    const before = await list(tx.db, tx.tenantId, id, { limit: mostIdentities });
    const said = { identities: [identity] };
    const outcome = await writeOne(tx, said, { id, policy: "update", match: [] });
    const after = await list(tx.db, tx.tenantId, id, { limit: mostIdentities });
    if (outcome.kind === "updated") await tx.audit({ action: "contact.updated", ...auditOf(id, said) });
    const known = new Set(before.map((row) => row.id));
    const made = after.find((row) => !known.has(row.id));
    // Accounts are kept in one spelling, which need not be the caller's: a number gets its plus, a handle loses its sign.
    const account = plainAccount(identity.channel, identity.externalId);
    const same = after.find((row) => row.channel === identity.channel && row.externalId.endsWith(account));
    const row = made ?? same;
    if (!row) throw new Error("The account was not written.");
    if (metadata) await setIdentityMetadata(tx.db, tx.tenantId, row.id, metadata);
    return toIdentity(metadata ? { ...row, metadata } : row);
  });
}

const mostIdentities = 1_000;

export async function removeIdentity(ctx: Context, contactId: string, identityId: string): Promise<void> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const id = await holdContact(tx, contactId);
    const removed = await deleteIdentity(tx.db, tx.tenantId, id, identityId);
    if (!removed) throw notFound("identity");
    await keepFormerAddresses(tx.db, tx.tenantId, [{ contactId: id, addressHash: removed.addressHash }], tx.now());
    await tx.audit({ action: "contact.updated", ...auditOf(id, { identities: [] }) });
    await tellContactsChanged(tx, [id]);
  });
}
