import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exports } from "@/db/schema/imports";
import type { ExportKind, ExportState } from "@/lib/domain/imports/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type ExportRow = typeof exports.$inferSelect;
export type NewExport = Omit<typeof exports.$inferInsert, "tenantId" | "updatedAt">;

const one = (tenantId: TenantId, id: string): SQL | undefined =>
  and(eq(exports.tenantId, tenantId), eq(exports.id, id));

export async function insertExport(db: Db, tenantId: TenantId, row: NewExport): Promise<ExportRow> {
  const rows = await db
    .insert(exports)
    .values({ tenantId, ...row, updatedAt: row.createdAt })
    .returning();
  const written = rows[0];
  if (!written) throw new Error("The export was not written.");
  return written;
}

export async function findExport(db: Db, tenantId: TenantId, id: string): Promise<ExportRow | null> {
  const rows = await db.select().from(exports).where(one(tenantId, id));
  return rows[0] ?? null;
}

export async function lockExport(db: Db, tenantId: TenantId, id: string): Promise<ExportRow | null> {
  const rows = await db.select().from(exports).where(one(tenantId, id)).for("update");
  return rows[0] ?? null;
}

/** Newest first. */
export async function listExports(
  db: Db,
  tenantId: TenantId,
  page: { kind?: ExportKind; beforeId?: string; skip?: number; limit: number },
): Promise<ExportRow[]> {
  return db
    .select()
    .from(exports)
    .where(
      and(
        eq(exports.tenantId, tenantId),
        page.kind ? eq(exports.kind, page.kind) : undefined,
        page.beforeId ? lt(exports.id, page.beforeId) : undefined,
      ),
    )
    .orderBy(desc(exports.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function changeExport(
  db: Db,
  tenantId: TenantId,
  id: string,
  change: Partial<Pick<ExportRow, "cursor" | "scope" | "rows" | "done" | "failure" | "endedAt">> & {
    state?: ExportState;
  },
  now: Date,
): Promise<ExportRow | null> {
  const rows = await db
    .update(exports)
    .set({ ...change, updatedAt: now })
    .where(one(tenantId, id))
    .returning();
  return rows[0] ?? null;
}

export async function addExportBytes(db: Db, tenantId: TenantId, id: string, bytes: number): Promise<void> {
  await db
    .update(exports)
    .set({ bytes: sql`${exports.bytes} + ${bytes}` })
    .where(one(tenantId, id));
}
