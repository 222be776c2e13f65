import { and, count, eq, gte, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { engineRuns } from "@/db/schema/engine";
import type { TenantId } from "@/lib/kernel/tenant";

const ended = ["completed", "failed", "cancelled"] as const;

/** What ended since then, by the hour and the way it ended. */
export async function countEndedByHour(db: Db, tenantId: TenantId, since: Date) {
  const hour = sql<string>`date_trunc('hour', ${engineRuns.endedAt} at time zone 'UTC')`;
  const rows = await db
    .select({
      hour: sql<string>`to_char(${hour}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
      status: engineRuns.status,
      amount: count(),
    })
    .from(engineRuns)
    .where(
      and(eq(engineRuns.tenantId, tenantId), inArray(engineRuns.status, [...ended]), gte(engineRuns.endedAt, since)),
    )
    .groupBy(hour, engineRuns.status);
  return rows.map((row) => ({ hour: new Date(row.hour), status: row.status, amount: row.amount }));
}

const most = 10_000;

/**
 * How many runs are at what, seen from their jobs. An open run without a job waits for somebody else: an event, or a
 * function it invoked. The first ten thousand are enough to know that there are many.
 */
export async function countOpenRuns(db: Db, tenantId: TenantId, now: Date) {
  const rows = await db.execute<{ open: string; jobs: string; running: string; queued: string; sleeping: string }>(sql`
    with open as (
      select id from engine_runs where tenant_uuid = ${tenantId} and status in ('queued', 'running') limit ${most}
    ), jobs as (
      select run_id, step_id, kind, lease_until from engine_jobs where tenant_uuid = ${tenantId} limit ${most}
    ), runs as (
      select j.run_id,
             bool_or(j.kind = 'call' and coalesce(j.lease_until > ${now.toISOString()}::timestamptz, false)) as works,
             bool_or(j.kind = 'call') as is_called,
             coalesce(bool_or(s.state = 'sleeping'), false) as sleeps
      from jobs j
      left join engine_steps s on s.tenant_uuid = ${tenantId} and s.run_id = j.run_id and s.id = j.step_id
                              and j.kind = 'timer'
      group by j.run_id
    )
    select (select count(*) from open) as open, (select count(*) from jobs) as jobs,
           count(*) filter (where works) as running,
           count(*) filter (where is_called and not works) as queued,
           count(*) filter (where sleeps and not is_called) as sleeping
    from runs`);
  const row = rows[0];
  const [open, jobs] = [Number(row?.open ?? 0), Number(row?.jobs ?? 0)];
  const [running, queued, sleeping] = [row?.running, row?.queued, row?.sleeping].map(Number) as [
    number,
    number,
    number,
  ];
  return {
    ...{ running, queued, sleeping },
    waiting: Math.max(0, open - running - queued - sleeping),
    isAtLeast: open >= most || jobs >= most,
  };
}

/** Of each function: what it did since then, and what is open. */
export async function countByFunction(db: Db, tenantId: TenantId, since: Date) {
  return db
    .select({ functionId: engineRuns.functionId, status: engineRuns.status, amount: count() })
    .from(engineRuns)
    .where(
      and(
        eq(engineRuns.tenantId, tenantId),
        sql`(${engineRuns.createdAt} >= ${since.toISOString()}::timestamptz or ${engineRuns.status} in ('queued', 'running'))`,
      ),
    )
    .groupBy(engineRuns.functionId, engineRuns.status);
}
