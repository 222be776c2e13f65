import { and, eq, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { changeRows, contacts, notDuplicates } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

export async function deleteContactRow(db: Db, tenantId: TenantId, contactId: string): Promise<number> {
  const rows = await db
    .delete(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, contactId)))
    .returning({ id: contacts.id });
  return rows.length;
}

/** With those of the contacts that were merged into this one: they stand under the ids of old. */
export async function deleteChangeRows(db: Db, tenantId: TenantId, contactId: string): Promise<number> {
  const rows = await db
    .delete(changeRows)
    .where(
      and(
        eq(changeRows.tenantId, tenantId),
        sql`${changeRows.contactId} in (select ${contactId}::uuid union all
          select a.value::uuid from contact_aliases a
          where a.tenant_uuid = ${tenantId} and a.kind = 'id' and a.contact_id = ${contactId})`,
      ),
    )
    .returning({ id: changeRows.contactId });
  return rows.length;
}

/** What a deletion of many remembers of people under one of these addresses. */
export async function deletePhotographsOf(db: Db, tenantId: TenantId, hashes: readonly string[]): Promise<number> {
  const named = sql`any(${sql.param([...hashes])}::text[])`;
  const rows = await db.execute<{ id: string }>(sql`
    delete from change_rows r using bulk_changes b
    where r.tenant_uuid = ${tenantId} and b.tenant_uuid = ${tenantId} and b.id = r.change_id and b.act = 'delete'
      and exists (
        select 1 from jsonb_array_elements_text(coalesce(r.before -> 'contacts', '[]')) l(line)
        where l.line::jsonb ->> 'email_hash' = ${named} or l.line::jsonb ->> 'phone_hash' = ${named}
        union all
        select 1 from jsonb_array_elements_text(coalesce(r.before -> 'identities', '[]')) l(line)
        where l.line::jsonb ->> 'address_hash' = ${named})
    returning r.contact_id as id`);
  return rows.length;
}

export type FormerAddresses = { hashes: string[]; externalIds: string[] };

/**
 * Under which addresses the person was known before: those that were changed, and those that went when contacts were merged
 * into this one. An earlier address that somebody else has by now is theirs: a slip of the pen that was corrected must not
 * stop the person it really belongs to.
 */
export async function listFormerAddresses(db: Db, tenantId: TenantId, contactId: string): Promise<FormerAddresses> {
  const hashes = await db.execute<{ hash: string }>(sql`
    select f.address_hash as hash from former_addresses f
    where f.tenant_uuid = ${tenantId} and f.contact_id = ${contactId}
      and not exists (
        select 1 from contacts c where c.tenant_uuid = ${tenantId} and c.id <> ${contactId}
          and (c.email_hash = f.address_hash or c.phone_hash = f.address_hash)
        union all
        select 1 from identities i where i.tenant_uuid = ${tenantId} and i.contact_id <> ${contactId}
          and i.address_hash = f.address_hash)`);
  const numbers = await db.execute<{ value: string }>(sql`
    select value from contact_aliases
    where tenant_uuid = ${tenantId} and kind = 'external_id' and contact_id = ${contactId}`);
  return { hashes: hashes.map(({ hash }) => hash), externalIds: numbers.map(({ value }) => value) };
}

type Photograph = { contacts: string[]; identities: string[] };

/** What a deletion that can still be taken back remembers of somebody: the person may speak while they are away. */
export async function findPhotograph(db: Db, tenantId: TenantId, contactId: string): Promise<Photograph | null> {
  const rows = await db.execute<Photograph>(sql`
    select coalesce(r.before -> 'contacts', '[]') as contacts, coalesce(r.before -> 'identities', '[]') as identities
    from change_rows r join bulk_changes b on b.tenant_uuid = r.tenant_uuid and b.id = r.change_id
    where r.tenant_uuid = ${tenantId} and r.contact_id = ${contactId} and b.act = 'delete' and b.state <> 'undone'
    order by r.created_at desc limit 1`);
  return rows[0] ?? null;
}

/** Pairs in which the contact stands on either side. */
export async function deletePairsOf(db: Db, tenantId: TenantId, contactId: string): Promise<number> {
  const rows = await db
    .delete(notDuplicates)
    .where(
      and(
        eq(notDuplicates.tenantId, tenantId),
        or(eq(notDuplicates.contactId, contactId), eq(notDuplicates.otherId, contactId)),
      ),
    )
    .returning({ id: notDuplicates.contactId });
  return rows.length;
}

/** Every merge that ends in this contact: those into it, and those into whoever was merged into it. */
export async function deleteMergesInto(db: Db, tenantId: TenantId, contactId: string): Promise<number> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive person(id) as (
      select ${contactId}::uuid
      union
      select m.loser_id from merges m join person p on m.contact_id = p.id
      where m.tenant_uuid = ${tenantId} and m.undone_at is null
    )
    delete from merges m where m.tenant_uuid = ${tenantId}
      and (m.contact_id in (select id from person) or m.loser_id in (select id from person))
    returning m.id`);
  return rows.length;
}

/** The values of the contact's own attributes under their labels. */
export async function exportAttributes(db: Db, tenantId: TenantId, contactId: string) {
  return [
    ...(await db.execute<{ attribute: string; value: string | null }>(sql`
      select a.label as attribute, coalesce(v.text_value, v.number_value::text, v.date_value::text) as value
      from attribute_values v join attributes a on a.tenant_uuid = v.tenant_uuid and a.id = v.attribute_id
      where v.tenant_uuid = ${tenantId} and v.contact_id = ${contactId} order by a.label`)),
  ];
}

export async function exportTags(db: Db, tenantId: TenantId, contactId: string) {
  return [
    ...(await db.execute<{ tag: string; since: string }>(sql`
      select t.name as tag, c.created_at::text as since
      from contact_tags c join tags t on t.tenant_uuid = c.tenant_uuid and t.id = c.tag_id
      where c.tenant_uuid = ${tenantId} and c.contact_id = ${contactId} order by t.name`)),
  ];
}

export async function exportMerges(db: Db, tenantId: TenantId, contactId: string) {
  return [
    ...(await db.execute<{ at: string; by: string; undone_at: string | null }>(sql`
      select created_at::text as at, created_by_name as by, undone_at::text from merges
      where tenant_uuid = ${tenantId} and contact_id = ${contactId} order by id`)),
  ];
}
