import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { contacts, engagements } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";
import { loadAttributeValues } from "./attribute-values";

/** One parameter however many ids: the statement stays one of one shape. */
const among = (ids: readonly string[]) => sql`any(${sql.param(ids)}::uuid[])`;

/**
 * Locks contacts in the order of their ids, so that two that change many of the same never wait for each other in a
 * circle. Whoever only points to one of them does not wait. Answers those that are still there.
 */
export function lockContacts(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<string[]> {
  return lockInOrder(db, tenantId, ids, "no key update");
}

/**
 * The same for whoever takes contacts away: who hangs a row on one of them has done so before, and it is seen, or waits and
 * then finds nobody.
 */
export function lockDepartingContacts(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<string[]> {
  return lockInOrder(db, tenantId, ids, "update");
}

async function lockInOrder(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
  strength: "update" | "no key update",
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), sql`${contacts.id} = ${among(ids)}`))
    .orderBy(asc(contacts.id))
    .for(strength);
  return rows.map(({ id }) => id);
}

/** What the score of each is computed from, in three questions however many they are. */
export async function loadScoreFacts(db: Db, tenantId: TenantId, ids: readonly string[], keys: readonly string[]) {
  const [people, values, profiles] = [
    await db
      .select({
        id: contacts.id,
        name: contacts.name,
        email: contacts.email,
        phone: contacts.phone,
        companyId: contacts.companyId,
        country: contacts.country,
        stage: contacts.stage,
        customerType: contacts.customerType,
        firstPurchaseAt: contacts.firstPurchaseAt,
        firstVisitAt: contacts.firstVisitAt,
        preferredChannel: contacts.preferredChannel,
        locale: contacts.locale,
        lastPurchaseAt: contacts.lastPurchaseAt,
        lastVisitAt: contacts.lastVisitAt,
        lastReplyAt: contacts.lastReplyAt,
        score: contacts.score,
        grade: contacts.grade,
      })
      .from(contacts)
      .where(and(eq(contacts.tenantId, tenantId), sql`${contacts.id} = ${among(ids)}`)),
    keys.length === 0 ? [] : await loadAttributeValues(db, tenantId, ids, keys),
    await db
      .select()
      .from(engagements)
      .where(and(eq(engagements.tenantId, tenantId), sql`${engagements.contactId} = ${among(ids)}`))
      .orderBy(asc(engagements.contactId), asc(engagements.channel)),
  ];
  return { people, values, profiles };
}

/** The next ids of a walk over everybody. */
export async function listContactIdsAfter(
  db: Db,
  tenantId: TenantId,
  afterId: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), afterId ? gt(contacts.id, afterId) : undefined))
    .orderBy(asc(contacts.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The first and the last id: between them a sample is drawn. */
export async function findIdRange(db: Db, tenantId: TenantId): Promise<{ first: string; last: string } | null> {
  const rows = await db.execute<{ first: string | null; last: string | null }>(sql`
    select (select id from contacts where tenant_uuid = ${tenantId} order by id limit 1) as first,
           (select id from contacts where tenant_uuid = ${tenantId} order by id desc limit 1) as last`);
  const { first, last } = rows[0] ?? {};
  return first && last ? { first, last } : null;
}

/** A few ids from each of the given places on. */
export async function listContactIdsFrom(
  db: Db,
  tenantId: TenantId,
  places: readonly string[],
  each: number,
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct near.id from unnest(${sql.param(places)}::uuid[]) as place,
      lateral (select id from contacts where tenant_uuid = ${tenantId} and id >= place order by id limit ${each}) near`);
  return rows.map(({ id }) => id);
}
