import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { consentStates, consents } from "@/db/schema/consent";
import { contactAliases, contacts, identities } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";
import { loadActiveSuppressions } from "./suppressions";

/** What one look at many people needs to decide whether they may be written to. */
export async function loadReachable(db: Db, tenantId: TenantId, contactIds: readonly string[]) {
  const ids = [...contactIds];
  if (ids.length === 0) return { people: [], accounts: [], stops: [], said: [] };
  const people = await db
    .select({
      id: contacts.id,
      name: contacts.name,
      email: contacts.email,
      emailHash: contacts.emailHash,
      phone: contacts.phone,
      phoneHash: contacts.phoneHash,
      externalId: contacts.externalId,
    })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), inArray(contacts.id, ids)));
  const accounts = await db
    .select({ contactId: identities.contactId, channel: identities.channel, addressHash: identities.addressHash })
    .from(identities)
    .where(and(eq(identities.tenantId, tenantId), inArray(identities.contactId, ids)));
  const hashes = [
    ...people.flatMap((person) => [person.emailHash, person.phoneHash]),
    ...accounts.map((account) => account.addressHash),
  ].filter((hash) => hash !== null);
  const stops = await loadActiveSuppressions(db, tenantId, [...new Set(hashes)]);
  const said = await db
    .select({
      contactId: consentStates.contactId,
      channel: consentStates.channel,
      purpose: consentStates.purpose,
      topicId: consentStates.topicId,
      state: consentStates.state,
      basis: consents.basis,
      source: consentStates.source,
      sourceDetail: consents.sourceDetail,
      lineId: consentStates.lineId,
      at: consentStates.at,
      expiresAt: consentStates.expiresAt,
    })
    .from(consentStates)
    .innerJoin(consents, and(eq(consents.tenantId, consentStates.tenantId), eq(consents.id, consentStates.lineId)))
    .where(and(eq(consentStates.tenantId, tenantId), inArray(consentStates.contactId, ids)));
  return { people, accounts, stops, said };
}

/** Whom an id means now: itself, or the contact that a merge made of it; null where there is nobody any more. */
export async function resolveContact(db: Db, tenantId: TenantId, id: string): Promise<string | null> {
  const own = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, id)));
  if (own[0]) return own[0].id;
  const alias = await db
    .select({ id: contactAliases.contactId })
    .from(contactAliases)
    .where(and(eq(contactAliases.tenantId, tenantId), eq(contactAliases.kind, "id"), eq(contactAliases.value, id)));
  return alias[0]?.id ?? null;
}
