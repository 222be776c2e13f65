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

export async function deleteChangeRows(db: Db, tenantId: TenantId, contactId: string): Promise<number> {
  const rows = await db
    .delete(changeRows)
    .where(and(eq(changeRows.tenantId, tenantId), eq(changeRows.contactId, contactId)))
    .returning({ id: changeRows.contactId });
  return rows.length;
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
