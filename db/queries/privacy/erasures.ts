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
