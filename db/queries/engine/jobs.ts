import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { engineJobs } from "@/db/schema/engine";
import type { Clock } from "../lease";
import { leaseOf } from "../lease";
import { type Held, rowsOf } from "./rows";

export const jobLease = leaseOf(engineJobs, [engineJobs.tenantId, engineJobs.runId, engineJobs.stepId]);

export type ClaimedJob = {
  tenant_uuid: string;
  run_id: string;
  step_id: string;
  kind: "call" | "timer";
  function_id: string;
  token: number;
  attempt: number;
  lost: number;
  revision: number;
  key_1: string | null;
  key_2: string | null;
  sort_at: string;
  position: string;
  expired: boolean;
};

export const heldOf = (job: Pick<ClaimedJob, "tenant_uuid" | "run_id" | "step_id" | "token">): Held => ({
  tenant_uuid: job.tenant_uuid,
  run_id: job.run_id,
  step_id: job.step_id,
  token: job.token,
});

/** The next jobs of these functions whose turn it is. */
export async function claimJobs(
  db: Db,
  claim: { now: Clock; leaseMs: number; limit: number; functions: readonly string[] },
): Promise<ClaimedJob[]> {
  const rows = await jobLease.claim<ClaimedJob & { token: string | number }>(db, {
    ...claim,
    where: sql`gate is null and function_id = any(${sql.param(claim.functions)}::text[])`,
    order: sql`sort_at, position, step_id`,
    set: sql`lost = case when due.expired then t.lost + 1 else t.lost end`,
    returning: sql`t.tenant_uuid, t.run_id, t.step_id, t.kind, t.function_id, t.lease_token as token, t.attempt, t.lost,
      t.revision, t.key_1, t.key_2, t.sort_at, t.position`,
  });
  return rows
    .map((row) => ({ ...row, token: Number(row.token) }))
    .sort((a, b) => +new Date(a.sort_at) - +new Date(b.sort_at) || Number(a.position) - Number(b.position));
}

/** What was waiting for its time and has reached it. Returns how many. By the rows' places: among a million it reads a few. */
export async function openDueJobs(db: Db, now: Clock, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    update engine_jobs set gate = null
    where ctid = any(array(
      select ctid from engine_jobs where gate = 'time' and due_at <= ${now} order by due_at limit ${limit} for update skip locked
    )) and gate = 'time' returning 1`);
  return rows.length;
}

/** The next moment at which something is due by itself, in milliseconds from now; null where nothing is. */
export async function nextDueInMs(db: Db, functions: readonly string[], now: Clock): Promise<number | null> {
  const rows = await db.execute<{ ms: string | null }>(sql`
    select extract(epoch from least(
      (select min(due_at) from engine_jobs where gate = 'time'),
      (select min(due_at) from engine_batches where function_id = any(${sql.param(functions)}::text[])),
      (select min(due_at) from event_outbox)
    ) - ${now}) * 1000 as ms`);
  const ms = rows[0]?.ms;
  return ms === null || ms === undefined ? null : Math.max(0, Number(ms));
}

/**
 * Slots are taken and given back one transaction at a time: a claim that counts a holder who is just leaving would put its
 * job to wait for somebody who has already looked whether anyone waits. Taken before any row, so that nobody who holds a
 * row waits for it.
 */
export async function lockSlots(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('madan_sara.engine.slots'))`);
}

/** How many jobs hold a slot of each key, without these. */
export async function countHolders(
  db: Db,
  keys: readonly string[],
  without: readonly Held[],
): Promise<Map<string, number>> {
  const rows = await db.execute<{ key: string; holders: number }>(sql`
    with holders as (
      select key_1 as key, tenant_uuid, run_id, step_id from engine_jobs where lease_until is not null and key_1 = any(${sql.param(keys)}::text[])
      union all
      select key_2, tenant_uuid, run_id, step_id from engine_jobs where lease_until is not null and key_2 = any(${sql.param(keys)}::text[])
    )
    select h.key, count(*)::int as holders from holders h
    where not exists (
      select 1 from ${rowsOf(without, "tenant_uuid uuid, run_id uuid, step_id text")}
      where (g.tenant_uuid, g.run_id, g.step_id) = (h.tenant_uuid, h.run_id, h.step_id)
    )
    group by h.key`);
  return new Map(rows.map((row) => [row.key, row.holders]));
}

/** Puts claimed jobs back to wait for a slot of the key that is full. */
export async function parkJobs(db: Db, parked: readonly (Held & { gate: string })[]): Promise<void> {
  if (parked.length === 0) return;
  await db.execute(sql`
    update engine_jobs t set gate = g.gate, lease_until = null
    from ${rowsOf(parked, "tenant_uuid uuid, run_id uuid, step_id text, gate text")}
    where (t.tenant_uuid, t.run_id, t.step_id) = (g.tenant_uuid, g.run_id, g.step_id)`);
  // Whoever else stands in the queue for the same key would only be claimed to be put back, one round after the other.
  await db.execute(sql`
    update engine_jobs set gate = key_1
    where gate is null and lease_until is null and key_1 = any(${sql.param([...new Set(parked.map(({ gate }) => gate))])}::text[])`);
}

/** Lets the first of those that wait for these keys compete again. */
export async function unparkJobs(db: Db, slots: ReadonlyMap<string, number>): Promise<number> {
  if (slots.size === 0) return 0;
  const rows = [...slots].map(([gate, free]) => ({ gate, free }));
  const freed = await db.execute(sql`
    update engine_jobs t set gate = null
    from ${rowsOf(rows, "gate text, free int")}
    cross join lateral (
      select tenant_uuid, run_id, step_id from engine_jobs
      where gate = g.gate and gate <> 'time' order by sort_at, position limit g.free for update
    ) next
    where (t.tenant_uuid, t.run_id, t.step_id) = (next.tenant_uuid, next.run_id, next.step_id)
    returning 1`);
  return freed.length;
}

export type NewJob = {
  tenantId: string;
  runId: string;
  stepId: string;
  kind: "call" | "timer";
  functionId: string;
  /** Null: at once. */
  dueAt: Date | null;
  key1: string | null;
  key2: string | null;
  sortAt: string;
  position: string;
};

const newJobShape =
  "tenant_uuid uuid, run_id uuid, step_id text, kind text, function_id text, due_at timestamptz, key_1 text, key_2 text, sort_at timestamptz, position bigint";

/** A step that is reported again is the step that is known. */
export async function insertJobs(db: Db, jobs: readonly NewJob[], now: Clock): Promise<void> {
  if (jobs.length === 0) return;
  await db.execute(sql`
    insert into engine_jobs (tenant_uuid, run_id, step_id, kind, function_id, due_at, gate, key_1, key_2, sort_at, position)
    select tenant_uuid, run_id, step_id, kind, function_id, coalesce(due_at, ${now}),
           case when due_at > ${now} then 'time' end, key_1, key_2, sort_at, position
    from ${rowsOf(jobs.map(newJobRow), newJobShape)}
    on conflict do nothing`);
}

const newJobRow = (job: NewJob) => ({
  tenant_uuid: job.tenantId,
  run_id: job.runId,
  step_id: job.stepId,
  kind: job.kind,
  function_id: job.functionId,
  due_at: job.dueAt?.toISOString() ?? null,
  key_1: job.key1,
  key_2: job.key2,
  sort_at: job.sortAt,
  position: job.position,
});

/**
 * Sees to it that these runs are looked at again. Where a call is going on at this moment, the revision tells its holder
 * that it has to look once more: without that, what happened during the call would never be noticed.
 */
export async function wakeRuns(
  db: Db,
  runs: readonly { tenant_uuid: string; id: string }[],
  now: Clock,
): Promise<void> {
  if (runs.length === 0) return;
  await db.execute(sql`
    insert into engine_jobs as t (tenant_uuid, run_id, step_id, kind, function_id, due_at, key_1, key_2, sort_at, position)
    select r.tenant_uuid, r.id, '', 'call', r.function_id, ${now}, r.key_1, r.key_2, r.sort_at, r.position
    from engine_runs r
    join ${rowsOf(
      runs.map(({ tenant_uuid, id }) => ({ tenant_uuid, id })),
      "tenant_uuid uuid, id uuid",
    )}
      on (r.tenant_uuid, r.id) = (g.tenant_uuid, g.id)
    where r.status in ('queued', 'running')
    order by r.tenant_uuid, r.id
    on conflict (tenant_uuid, run_id, step_id) do update
      set revision = t.revision + 1, due_at = least(t.due_at, excluded.due_at),
          gate = case when t.gate = 'time' then null else t.gate end`);
}

/** Work that is done. A call during which something happened to the run (a higher revision) stays, to be made again. */
export async function finishJobs(db: Db, done: readonly (Held & { revision: number })[], now: Clock): Promise<void> {
  if (done.length === 0) return;
  const given = rowsOf(done, "tenant_uuid uuid, run_id uuid, step_id text, token bigint, revision int");
  await db.execute(sql`
    delete from engine_jobs t using ${given}
    where (t.tenant_uuid, t.run_id, t.step_id) = (g.tenant_uuid, g.run_id, g.step_id)
      and t.lease_token = g.token and t.revision = g.revision`);
  await db.execute(sql`
    update engine_jobs t set lease_until = null, due_at = ${now}, gate = null, attempt = 0, lost = 0
    from ${given}
    where (t.tenant_uuid, t.run_id, t.step_id) = (g.tenant_uuid, g.run_id, g.step_id) and t.lease_token = g.token`);
}

/** The same job again: at once where a step was settled, or after its back-off. */
export async function repeatJobs(
  db: Db,
  again: readonly (Held & { attempt: number; delay_ms: number })[],
  now: Clock,
): Promise<void> {
  if (again.length === 0) return;
  await db.execute(sql`
    update engine_jobs t
    set lease_until = null, attempt = g.attempt, lost = 0,
        due_at = ${now} + g.delay_ms * interval '1 millisecond',
        gate = case when g.delay_ms > 0 then 'time' end
    from ${rowsOf(again, "tenant_uuid uuid, run_id uuid, step_id text, token bigint, attempt int, delay_ms float8")}
    where (t.tenant_uuid, t.run_id, t.step_id) = (g.tenant_uuid, g.run_id, g.step_id) and t.lease_token = g.token`);
}
