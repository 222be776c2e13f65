import { asc, eq, gte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { engineFunctions, engineMarks, engineWorkers } from "@/db/schema/engine";
import type { RunReason, RunStatus } from "@/lib/domain/engine/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export async function listFunctionRows(db: Db) {
  return db.select().from(engineFunctions).orderBy(asc(engineFunctions.id));
}

/** The functions that a process seen since then knows. */
export async function listServedFunctions(db: Db, since: Date): Promise<Set<string>> {
  const rows = await db
    .select({ functions: engineWorkers.functions })
    .from(engineWorkers)
    .where(gte(engineWorkers.seenAt, since));
  return new Set(rows.flatMap((row) => row.functions));
}

/** The newest run of each function, found by one short step down an index for each. */
export async function listLastRuns(db: Db, tenantId: TenantId) {
  const rows = await db.execute<{
    function_id: string;
    id: string;
    status: RunStatus;
    reason: RunReason | null;
    created_at: string;
    ended_at: string | null;
  }>(sql`
    select f.id as function_id, r.id, r.status, r.reason, r.created_at, r.ended_at
    from engine_functions f
    cross join lateral (
      select id, status, reason, created_at, ended_at from engine_runs
      where tenant_uuid = ${tenantId} and function_id = f.id
      order by created_at desc limit 1
    ) r`);
  return rows.map((row) => ({
    functionId: row.function_id,
    id: row.id,
    status: row.status,
    reason: row.reason,
    createdAt: new Date(row.created_at),
    endedAt: row.ended_at ? new Date(row.ended_at) : null,
  }));
}

/** When schedules come next. Only the worker may look: marks belong to no workspace. */
export async function listCronMarks(db: Db) {
  return db.select({ key: engineMarks.key, at: engineMarks.at }).from(engineMarks).where(eq(engineMarks.kind, "cron"));
}
