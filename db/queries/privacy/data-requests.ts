import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dataRequests } from "@/db/schema/privacy";
import type { RequestState } from "@/lib/domain/privacy/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type DataRequestRow = typeof dataRequests.$inferSelect;
export type NewDataRequestRow = Omit<typeof dataRequests.$inferInsert, "tenantId" | "updatedAt">;

const one = (tenantId: TenantId, id: string) => and(eq(dataRequests.tenantId, tenantId), eq(dataRequests.id, id));

export async function insertDataRequest(db: Db, tenantId: TenantId, row: NewDataRequestRow): Promise<DataRequestRow> {
  const rows = await db
    .insert(dataRequests)
    .values({ tenantId, ...row, updatedAt: row.createdAt })
    .returning();
  return rows[0] as DataRequestRow;
}

/** Newest first. */
export async function listDataRequests(
  db: Db,
  tenantId: TenantId,
  page: { state?: RequestState; contactId?: string; beforeId?: string; skip?: number; limit: number },
): Promise<DataRequestRow[]> {
  return db
    .select()
    .from(dataRequests)
    .where(
      and(
        eq(dataRequests.tenantId, tenantId),
        page.state ? eq(dataRequests.state, page.state) : undefined,
        page.contactId ? eq(dataRequests.contactId, page.contactId) : undefined,
        page.beforeId ? lt(dataRequests.id, page.beforeId) : undefined,
      ),
    )
    .orderBy(desc(dataRequests.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findDataRequest(db: Db, tenantId: TenantId, id: string): Promise<DataRequestRow | null> {
  const rows = await db.select().from(dataRequests).where(one(tenantId, id));
  return rows[0] ?? null;
}

/** Where the person is held too, they are held first: a merge has the person, and then moves their cases. */
export async function lockDataRequest(db: Db, tenantId: TenantId, id: string): Promise<DataRequestRow | null> {
  const rows = await db.select().from(dataRequests).where(one(tenantId, id)).for("update");
  return rows[0] ?? null;
}

export async function changeDataRequest(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: Partial<Pick<DataRequestRow, "contactId" | "note" | "state" | "closedAt" | "outcome">>,
  now: Date,
): Promise<DataRequestRow | null> {
  const rows = await db
    .update(dataRequests)
    .set({ ...changes, updatedAt: now })
    .where(one(tenantId, id))
    .returning();
  return rows[0] ?? null;
}

/** What a case still says of a person who is gone: that there was one, and its days. */
export async function forgetAsker(db: Db, tenantId: TenantId, contactId: string): Promise<number> {
  const rows = await db
    .update(dataRequests)
    .set({ contactId: null, askedBy: null, note: null, outcome: null, metadata: null })
    .where(and(eq(dataRequests.tenantId, tenantId), eq(dataRequests.contactId, contactId)))
    .returning({ id: dataRequests.id });
  return rows.length;
}

export async function moveDataRequests(db: Db, tenantId: TenantId, from: string, to: string): Promise<string[]> {
  const rows = await db
    .update(dataRequests)
    .set({ contactId: to })
    .where(and(eq(dataRequests.tenantId, tenantId), eq(dataRequests.contactId, from)))
    .returning({ id: dataRequests.id });
  return rows.map((row) => row.id);
}

export async function moveDataRequestsBack(db: Db, tenantId: TenantId, ids: readonly string[], to: string) {
  if (ids.length === 0) return;
  await db
    .update(dataRequests)
    .set({ contactId: to })
    .where(and(eq(dataRequests.tenantId, tenantId), inArray(dataRequests.id, [...ids])));
}

/** Open ones that are to be answered before this moment: how many, and the first day. */
export async function findPressingRequests(db: Db, tenantId: TenantId, before: Date) {
  const rows = await db
    .select({ dueAt: dataRequests.dueAt, count: sql<number>`count(*) over ()::int` })
    .from(dataRequests)
    .where(and(eq(dataRequests.tenantId, tenantId), eq(dataRequests.state, "open"), lt(dataRequests.dueAt, before)))
    .orderBy(asc(dataRequests.dueAt))
    .limit(1);
  return rows[0] ?? null;
}
