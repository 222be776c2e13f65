import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { retentionRules, retentionRuns } from "@/db/schema/privacy";
import type { DataClass } from "@/lib/domain/privacy/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export async function listRetentionRules(db: Db, tenantId: TenantId) {
  return db
    .select({ dataClass: retentionRules.dataClass, days: retentionRules.days })
    .from(retentionRules)
    .where(eq(retentionRules.tenantId, tenantId));
}

export async function saveRetentionRule(db: Db, tenantId: TenantId, dataClass: DataClass, days: number, now: Date) {
  await db
    .insert(retentionRules)
    .values({ tenantId, dataClass, days, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [retentionRules.tenantId, retentionRules.dataClass],
      set: { days, updatedAt: now },
    });
}

/** A second run of the same day adds to the first one's proof. */
export async function noteRetention(
  db: Db,
  tenantId: TenantId,
  run: { dataClass: DataClass; day: string; removed: number; cutoff: Date; now: Date },
) {
  await db
    .insert(retentionRuns)
    .values({
      tenantId,
      dataClass: run.dataClass,
      day: run.day,
      removed: run.removed,
      cutoff: run.cutoff,
      createdAt: run.now,
    })
    .onConflictDoUpdate({
      target: [retentionRuns.tenantId, retentionRuns.dataClass, retentionRuns.day],
      set: { removed: sql`${retentionRuns.removed} + excluded.removed`, cutoff: run.cutoff },
    });
}

export async function findLastRun(db: Db, tenantId: TenantId, dataClass: DataClass) {
  const rows = await db
    .select({ day: retentionRuns.day, removed: retentionRuns.removed })
    .from(retentionRuns)
    .where(and(eq(retentionRuns.tenantId, tenantId), eq(retentionRuns.dataClass, dataClass)))
    .orderBy(desc(retentionRuns.day))
    .limit(1);
  return rows[0] ?? null;
}

/** `empty`: the row stays, and forgets this. */
type TooOld = { table: SQL; when: (cutoff: SQL) => SQL; empty?: SQL };
const byCreation = (cutoff: SQL) => sql`created_at < ${cutoff}`;

/** Of each class the tables, and which of their rows are too old. */
const classes: Record<DataClass, readonly TooOld[]> = {
  import_files: [
    { table: sql`import_problems`, when: byCreation },
    {
      table: sql`file_pieces`,
      // Pieces of an import that still waits or runs are no leftovers.
      when: (cutoff) => sql`created_at < ${cutoff} and file_id not in (select i.id from imports i
        where i.tenant_uuid = file_pieces.tenant_uuid and i.state in ('ready', 'running', 'undoing'))`,
    },
  ],
  // Only once its file is gone: without the line nobody would know whose the pieces were.
  exports: [{ table: sql`exports`, when: (cutoff) => sql`created_at < ${cutoff} and state = 'expired'` }],
  score_history: [{ table: sql`score_changes`, when: (cutoff) => sql`day < (${cutoff})::date` }],
  segment_history: [{ table: sql`segment_members`, when: (cutoff) => sql`left_at < ${cutoff}` }],
  change_snapshots: [
    { table: sql`change_rows`, when: byCreation },
    {
      table: sql`merges`,
      when: (cutoff) => sql`created_at < ${cutoff} and snapshot <> '{}'`,
      empty: sql`snapshot = '{}'`,
    },
  ],
};

/** Takes away a portion of what is too old; answers how much. Short, so that nobody waits behind it. */
export async function deleteTooOld(db: Db, tenantId: TenantId, dataClass: DataClass, cutoff: Date, most: number) {
  let removed = 0;
  for (const { table, when, empty } of classes[dataClass]) {
    const isTooOld = sql`tenant_uuid = ${tenantId} and ${when(sql`${cutoff.toISOString()}::timestamptz`)}`;
    const rows = await db.execute<{ count: number }>(sql`
      with gone as (
        ${empty ? sql`update ${table} set ${empty}` : sql`delete from ${table}`} where tenant_uuid = ${tenantId}
          and ctid = any(array(select ctid from ${table} where ${isTooOld} limit ${most}))
        returning 1)
      select count(*)::int as count from gone`);
    removed += Number(rows[0]?.count ?? 0);
  }
  return removed;
}

/** Workspaces in which nothing has looked for what is too old since a day. */
export async function findUnretained(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.execute<{ tenant_uuid: string }>(sql`
    select h.tenant_uuid from audit_heads h
    where not exists (
      select 1 from engine_runs r
      where r.tenant_uuid = h.tenant_uuid and r.function_id = 'madan-sara-retain'
        and r.created_at > ${now.toISOString()}::timestamptz - interval '1 day'
    )
    -- In no order: where the runs are kept elsewhere, all workspaces look alike, and each must get its turn.
    order by random() limit ${limit}`);
  return rows.map(({ tenant_uuid }) => tenant_uuid);
}
