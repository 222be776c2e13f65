import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { contacts } from "@/db/schema/contacts";
import { erasures } from "@/db/schema/privacy";
import type { TenantId } from "@/lib/kernel/tenant";

export type ErasureRow = typeof erasures.$inferSelect;

/** Holds the person: what others write about them meanwhile waits, and then finds nobody to write about. */
export async function lockPerson(db: Db, tenantId: TenantId, contactId: string): Promise<boolean> {
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, contactId)))
    .for("update");
  return rows.length > 0;
}

/** How many rows of a table the foreign key will take along; for the proof. Names come from the registry, never from outside. */
export async function countRowsOf(
  db: Db,
  tenantId: TenantId,
  table: string,
  columns: readonly string[],
  contactId: string,
): Promise<number> {
  const named = sql.join(
    columns.map((column) => sql`${sql.identifier(column)} = ${contactId}::uuid`),
    sql` or `,
  );
  const rows = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)} where tenant_uuid = ${tenantId} and (${named})`,
  );
  return Number(rows[0]?.count ?? 0);
}

/**
 * Rows of files that could not be taken in are nobody's, but they still say what stood in them. An e-mail address and a
 * number are told wherever they stand; an external id may be any word, so it counts in its own column only. Answers how many
 * went.
 */
export async function deleteRefusedRows(
  db: Db,
  tenantId: TenantId,
  { addresses, externalIds }: { addresses: readonly string[]; externalIds: readonly string[] },
): Promise<number> {
  if (addresses.length + externalIds.length === 0) return 0;
  const words = sql`any(${sql.param(addresses.map((address) => address.toLowerCase()))}::text[])`;
  const rows = await db.execute<{ row: number }>(sql`
    delete from import_problems p where p.tenant_uuid = ${tenantId} and (
      exists (
        select 1 from jsonb_array_elements_text(p.cells) c(cell)
        where lower(btrim(c.cell)) = ${words} or '+' || regexp_replace(c.cell, '[^0-9]', '', 'g') = ${words})
      or exists (
        select 1 from imports i, jsonb_array_elements(i.mapping) m
        where i.tenant_uuid = ${tenantId} and i.id = p.import_id and m ->> 'target' = 'external_id'
          and btrim(p.cells ->> (m ->> 'column')::int) = any(${sql.param([...externalIds])}::text[])))
    returning p.row`);
  return rows.length;
}

/** What somebody searched for may be a name. Where the work is over, nobody needs to know it any more. */
export async function forgetSearches(db: Db, tenantId: TenantId): Promise<void> {
  await db.execute(sql`
    update bulk_changes set target = target #- '{filter,search}'
    where tenant_uuid = ${tenantId} and state not in ('waiting', 'running') and target -> 'filter' ? 'search'`);
  await db.execute(sql`
    update exports set scope = scope #- '{filter,search}'
    where tenant_uuid = ${tenantId} and state not in ('waiting', 'running') and scope -> 'filter' ? 'search'`);
}

export async function insertErasure(
  db: Db,
  tenantId: TenantId,
  row: Omit<ErasureRow, "tenantId">,
): Promise<ErasureRow> {
  const rows = await db
    .insert(erasures)
    .values({ tenantId, ...row })
    .returning();
  return rows[0] as ErasureRow;
}

/** Newest first. */
export async function listErasures(
  db: Db,
  tenantId: TenantId,
  page: { beforeId?: string; skip?: number; limit: number },
): Promise<ErasureRow[]> {
  return db
    .select()
    .from(erasures)
    .where(and(eq(erasures.tenantId, tenantId), page.beforeId ? lt(erasures.id, page.beforeId) : undefined))
    .orderBy(desc(erasures.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}
