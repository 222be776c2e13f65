import { and, asc, count, eq, gt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { importProblems } from "@/db/schema/imports";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewProblem = { row: number; field: string | null; problem: string; cells: string[] };

export async function insertProblems(
  db: Db,
  tenantId: TenantId,
  importId: string,
  problems: NewProblem[],
  now: Date,
): Promise<void> {
  if (problems.length === 0) return;
  await db
    .insert(importProblems)
    .values(problems.map((problem) => ({ tenantId, importId, ...problem, createdAt: now })))
    .onConflictDoNothing();
}

export async function countProblems(db: Db, tenantId: TenantId, importId: string): Promise<number> {
  const rows = await db
    .select({ kept: count() })
    .from(importProblems)
    .where(and(eq(importProblems.tenantId, tenantId), eq(importProblems.importId, importId)));
  return rows[0]?.kept ?? 0;
}

/** By row, as they stand in the file. */
export async function listProblems(
  db: Db,
  tenantId: TenantId,
  importId: string,
  page: { afterRow?: number; skip?: number; limit: number },
) {
  return db
    .select({
      row: importProblems.row,
      field: importProblems.field,
      problem: importProblems.problem,
      cells: importProblems.cells,
    })
    .from(importProblems)
    .where(
      and(
        eq(importProblems.tenantId, tenantId),
        eq(importProblems.importId, importId),
        page.afterRow !== undefined ? gt(importProblems.row, page.afterRow) : undefined,
      ),
    )
    .orderBy(asc(importProblems.row))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function deleteProblems(db: Db, tenantId: TenantId, importId: string): Promise<void> {
  await db
    .delete(importProblems)
    .where(and(eq(importProblems.tenantId, tenantId), eq(importProblems.importId, importId)));
}
