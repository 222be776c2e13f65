import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { bulkChanges, changeRows } from "@/db/schema/contacts";
import type { WorkState } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type BulkChangeRow = typeof bulkChanges.$inferSelect;

export async function insertBulkChange(
  db: Db,
  tenantId: TenantId,
  change: Pick<
    BulkChangeRow,
    "id" | "act" | "detail" | "target" | "total" | "createdBy" | "createdByName" | "createdAt"
  > & {
    metadata?: unknown;
  },
): Promise<void> {
  await db.insert(bulkChanges).values({ tenantId, ...change, updatedAt: change.createdAt });
}

export async function findBulkChange(db: Db, tenantId: TenantId, id: string): Promise<BulkChangeRow | null> {
  const rows = await db
    .select()
    .from(bulkChanges)
    .where(and(eq(bulkChanges.tenantId, tenantId), eq(bulkChanges.id, id)));
  return rows[0] ?? null;
}

/** Whoever works on a change holds its row: two that were started for the same one follow each other. */
export async function lockBulkChange(db: Db, tenantId: TenantId, id: string): Promise<BulkChangeRow | null> {
  const rows = await db
    .select()
    .from(bulkChanges)
    .where(and(eq(bulkChanges.tenantId, tenantId), eq(bulkChanges.id, id)))
    .for("update");
  return rows[0] ?? null;
}

/** Newest first. */
export async function listBulkChanges(
  db: Db,
  tenantId: TenantId,
  page: { beforeId?: string; skip?: number; limit: number },
): Promise<BulkChangeRow[]> {
  return db
    .select()
    .from(bulkChanges)
    .where(and(eq(bulkChanges.tenantId, tenantId), page.beforeId ? lt(bulkChanges.id, page.beforeId) : undefined))
    .orderBy(desc(bulkChanges.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function updateBulkChange(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: Partial<
    Pick<BulkChangeRow, "state" | "cursor" | "total" | "done" | "changed" | "gone" | "failure" | "endedAt">
  >,
  now: Date,
): Promise<BulkChangeRow> {
  const rows = await db
    .update(bulkChanges)
    .set({ ...changes, updatedAt: now })
    .where(and(eq(bulkChanges.tenantId, tenantId), eq(bulkChanges.id, id)))
    .returning();
  const [row] = rows;
  if (!row) throw new Error("The change was not updated.");
  return row;
}

export async function insertChangeRows(
  db: Db,
  tenantId: TenantId,
  changeId: string,
  rows: readonly { contactId: string; before: Record<string, unknown> }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into change_rows (tenant_uuid, change_id, contact_id, before, created_at)
    select ${tenantId}, ${changeId}, g."contactId", g.before, ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g("contactId" uuid, before jsonb)
    on conflict do nothing`);
}

/** In the order of the contacts' ids. */
export async function listChangeRows(
  db: Db,
  tenantId: TenantId,
  changeId: string,
  afterId: string | null,
  limit: number,
) {
  return db
    .select({ contactId: changeRows.contactId, before: changeRows.before })
    .from(changeRows)
    .where(
      and(
        eq(changeRows.tenantId, tenantId),
        eq(changeRows.changeId, changeId),
        afterId ? gt(changeRows.contactId, afterId) : undefined,
      ),
    )
    .orderBy(asc(changeRows.contactId))
    .limit(limit);
}

export async function countChangeRows(db: Db, tenantId: TenantId, changeId: string): Promise<number> {
  return db.$count(changeRows, and(eq(changeRows.tenantId, tenantId), eq(changeRows.changeId, changeId)));
}

/** For the sweep, across workspaces: changes in these states that nobody has worked on for a while. */
export async function findStandingChanges(db: Db, states: WorkState[], before: Date, limit: number) {
  return db
    .select({ tenantId: bulkChanges.tenantId, id: bulkChanges.id })
    .from(bulkChanges)
    .where(and(inArray(bulkChanges.state, states), lt(bulkChanges.updatedAt, before)))
    .limit(limit);
}
