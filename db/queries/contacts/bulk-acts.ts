import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { contacts, tags } from "@/db/schema/contacts";
import type { Stage } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export async function findTagByKey(db: Db, tenantId: TenantId, key: string) {
  const rows = await db
    .select({ id: tags.id, name: tags.name })
    .from(tags)
    .where(and(eq(tags.tenantId, tenantId), eq(tags.nameKey, key)));
  return rows[0] ?? null;
}

export async function insertTag(
  db: Db,
  tenantId: TenantId,
  tag: { id: string; name: string; nameKey: string; createdAt: Date },
): Promise<void> {
  await db
    .insert(tags)
    .values({ tenantId, ...tag, updatedAt: tag.createdAt })
    .onConflictDoNothing();
}

/** The moment to the microsecond: what a tag's row is known by. */
const exactly = sql.raw(`to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** What the acts decide from, in the order of the ids. Without a tag nobody is tagged. */
export async function loadChangedContacts(db: Db, tenantId: TenantId, ids: readonly string[], tagId: string | null) {
  const rows = await db.execute<{ id: string; owner_id: string | null; stage: Stage; tagged_at: string | null }>(sql`
    select c.id, c.owner_id, c.stage, ${exactly} as tagged_at
    from contacts c left join contact_tags t
      on t.tenant_uuid = c.tenant_uuid and t.contact_id = c.id and t.tag_id = ${tagId}::uuid
    where c.tenant_uuid = ${tenantId} and c.id = any(${sql.param(ids)}::uuid[]) order by c.id`);
  return rows.map(({ id, owner_id, stage, tagged_at }) => ({
    id,
    contact: { ownerId: owner_id, stage, taggedAt: tagged_at },
  }));
}

export type Changed = { id: string; ownerId: string | null; stage: Stage; taggedAt: string | null };

/** Owner, stage and moment of change, in one statement. */
export async function saveChangedContacts(
  db: Db,
  tenantId: TenantId,
  rows: readonly Changed[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    update contacts c set owner_id = g."ownerId", stage = g.stage, updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, "ownerId" uuid, stage text)
    where c.tenant_uuid = ${tenantId} and c.id = g.id`);
}

/** Gives or takes the tag, as each row says. */
export async function saveTagged(
  db: Db,
  tenantId: TenantId,
  tagId: string,
  rows: readonly Pick<Changed, "id" | "taggedAt">[],
): Promise<void> {
  if (rows.length === 0) return;
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, "taggedAt" timestamptz)`;
  await db.execute(sql`
    delete from contact_tags t using ${given}
    where t.tenant_uuid = ${tenantId} and t.tag_id = ${tagId} and t.contact_id = g.id and g."taggedAt" is null`);
  // A tag that was deleted meanwhile comes back with nobody.
  await db.execute(sql`
    insert into contact_tags (tenant_uuid, contact_id, tag_id, created_at)
    select ${tenantId}, g.id, tags.id, g."taggedAt" from ${given}, tags
    where tags.tenant_uuid = ${tenantId} and tags.id = ${tagId} and g."taggedAt" is not null
    on conflict do nothing`);
}

/** Tags and values of attributes that were deleted while their contact was away lead nowhere. */
export async function dropLooseEnds(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<void> {
  await db.execute(sql`
    delete from contact_tags c where c.tenant_uuid = ${tenantId} and c.contact_id = any(${sql.param(ids)}::uuid[])
      and not exists (select 1 from tags t where t.tenant_uuid = c.tenant_uuid and t.id = c.tag_id)`);
  await db.execute(sql`
    delete from attribute_values v where v.tenant_uuid = ${tenantId} and v.contact_id = any(${sql.param(ids)}::uuid[])
      and not exists (select 1 from attributes a where a.tenant_uuid = v.tenant_uuid and a.id = v.attribute_id)`);
}

export async function deleteContactRows(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<void> {
  await db
    .delete(contacts)
    .where(and(eq(contacts.tenantId, tenantId), sql`${contacts.id} = any(${sql.param(ids)}::uuid[])`));
}

/** The ledger gives lines away through its one function only, which stays inside the tenant by itself. */
export async function eraseConsentsOf(db: Db, ids: readonly string[]): Promise<void> {
  await db.execute(sql`select erase_consents(person) from unnest(${sql.param(ids)}::uuid[]) as person`);
}
