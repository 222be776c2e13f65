import { and, count, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { imports } from "@/db/schema/imports";
import type { ImportPolicy, ImportState } from "@/lib/domain/imports/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, hourMs } from "@/lib/kernel/time";

export type ImportRow = typeof imports.$inferSelect;
export type NewImport = Pick<
  typeof imports.$inferInsert,
  "id" | "fileName" | "createdBy" | "createdByName" | "metadata" | "createdAt"
>;

const one = (tenantId: TenantId, id: string): SQL | undefined =>
  and(eq(imports.tenantId, tenantId), eq(imports.id, id));

export async function insertImport(db: Db, tenantId: TenantId, row: NewImport): Promise<void> {
  await db.insert(imports).values({ tenantId, ...row, updatedAt: row.createdAt });
}

export async function findImport(db: Db, tenantId: TenantId, id: string): Promise<ImportRow | null> {
  const rows = await db.select().from(imports).where(one(tenantId, id));
  return rows[0] ?? null;
}

/** Holds the row until the end of the transaction: of two that work on one import, the second sees what the first did. */
export async function lockImport(db: Db, tenantId: TenantId, id: string): Promise<ImportRow | null> {
  const rows = await db.select().from(imports).where(one(tenantId, id)).for("update");
  return rows[0] ?? null;
}

/** Newest first. */
export async function listImports(
  db: Db,
  tenantId: TenantId,
  page: { beforeId?: string; skip?: number; limit: number },
): Promise<ImportRow[]> {
  return db
    .select()
    .from(imports)
    .where(and(eq(imports.tenantId, tenantId), page.beforeId ? lt(imports.id, page.beforeId) : undefined))
    .orderBy(desc(imports.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

/**
 * How many files of the workspace lie here and wait for somebody. An upload that has not ended within the hour broke off with
 * its process: it must not stand in the way of others.
 */
export async function countOpenImports(db: Db, tenantId: TenantId, now: Date): Promise<number> {
  const anHourAgo = addMs(now, -hourMs);
  const isOpen = or(eq(imports.state, "ready"), and(eq(imports.state, "uploading"), gt(imports.createdAt, anHourAgo)));
  const rows = await db
    .select({ open: count() })
    .from(imports)
    .where(and(eq(imports.tenantId, tenantId), isOpen));
  return rows[0]?.open ?? 0;
}

export type ImportChange = Partial<
  Pick<
    typeof imports.$inferInsert,
    | "fileHash"
    | "bytes"
    | "encoding"
    | "delimiter"
    | "header"
    | "mapping"
    | "options"
    | "nextPiece"
    | "rows"
    | "isVouchedFor"
    | "startedByName"
    | "failure"
    | "undoCursor"
    | "undone"
    | "startedAt"
    | "endedAt"
  >
> & { state?: ImportState; policy?: ImportPolicy };

/** A guarded change: it happens only while the import is in the state that the decision was made on. */
export async function changeImport(
  db: Db,
  tenantId: TenantId,
  id: string,
  state: ImportState,
  change: ImportChange,
  now: Date,
): Promise<ImportRow | null> {
  const rows = await db
    .update(imports)
    .set({ ...change, updatedAt: now })
    .where(and(one(tenantId, id), eq(imports.state, state)))
    .returning();
  return rows[0] ?? null;
}

export type ImportCounts = { done: number; created: number; updated: number; skipped: number; failed: number };

/** Moves the pointer over a piece, in the transaction of its rows: no piece is ever written twice. */
export async function advanceImport(
  db: Db,
  tenantId: TenantId,
  id: string,
  piece: number,
  expected: number,
  counts: ImportCounts,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({
      nextPiece: piece + 1,
      done: sql`${imports.done} + ${counts.done}`,
      created: sql`${imports.created} + ${counts.created}`,
      updated: sql`${imports.updated} + ${counts.updated}`,
      skipped: sql`${imports.skipped} + ${counts.skipped}`,
      failed: sql`${imports.failed} + ${counts.failed}`,
      updatedAt: now,
    })
    .where(and(one(tenantId, id), eq(imports.state, "running"), eq(imports.nextPiece, expected)))
    .returning({ id: imports.id });
  return rows.length > 0;
}

export async function deleteImport(db: Db, tenantId: TenantId, id: string): Promise<void> {
  await db.delete(imports).where(one(tenantId, id));
}
