import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { companies, contacts, contactTags, identities } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";
import { loadAttributeValues } from "./attribute-values";

const among = (ids: readonly string[]) => sql`any(${sql.param([...ids])}::uuid[])`;

const columns = {
  id: contacts.id,
  externalId: contacts.externalId,
  name: contacts.name,
  firstName: contacts.firstName,
  lastName: contacts.lastName,
  email: contacts.email,
  phone: contacts.phone,
  country: contacts.country,
  givenType: contacts.givenType,
  stage: contacts.stage,
  timeZone: contacts.timeZone,
  locale: contacts.locale,
  devicePreference: contacts.devicePreference,
  preferredChannel: contacts.preferredChannel,
  companyId: contacts.companyId,
  ownerId: contacts.ownerId,
  metadata: contacts.metadata,
  importId: contacts.importId,
  createdAt: contacts.createdAt,
  updatedAt: contacts.updatedAt,
};

export type LockedProfile = Awaited<ReturnType<typeof lockRows>>[number];

async function lockRows(db: Db, tenantId: TenantId, ids: readonly string[]) {
  return db
    .select(columns)
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), sql`${contacts.id} = ${among(ids)}`))
    .orderBy(asc(contacts.id))
    .for("no key update");
}

/**
 * Contacts as they stand, locked in the order of their ids: whoever else writes one of them comes before or after, and two
 * that write many never wait for each other in a circle. Nobody is deleted here, so whoever only points to one of them does
 * not wait. What hangs on them is read behind the lock.
 */
export async function lockProfiles(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
  parts: { tags: boolean; attributes: boolean },
) {
  if (ids.length === 0) return { rows: [], tags: [], values: [], accounts: [], companies: [] };
  const rows = await lockRows(db, tenantId, ids);
  const tags = parts.tags
    ? await db
        .select({ contactId: contactTags.contactId, tagId: contactTags.tagId })
        .from(contactTags)
        .where(and(eq(contactTags.tenantId, tenantId), sql`${contactTags.contactId} = ${among(ids)}`))
    : [];
  const values = parts.attributes ? await loadAttributeValues(db, tenantId, ids) : [];
  const accounts = await db
    .select({ contactId: identities.contactId, channel: identities.channel, externalId: identities.externalId })
    .from(identities)
    .where(and(eq(identities.tenantId, tenantId), sql`${identities.contactId} = ${among(ids)}`));
  const companyIds = [...new Set(rows.flatMap(({ companyId }) => companyId ?? []))];
  const employers =
    companyIds.length === 0
      ? []
      : await db
          .select({ id: companies.id, name: companies.name })
          .from(companies)
          .where(and(eq(companies.tenantId, tenantId), sql`${companies.id} = ${among(companyIds)}`));
  return { rows, tags, values, accounts, companies: employers };
}
