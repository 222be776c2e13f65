import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Clock } from "../lease";
import { countHolders, wakeRuns } from "./jobs";
import type { RunKey } from "./rows";
import { workerSilenceMs } from "./workers";

type WaitingKey = { gate: string; function_id: string; key_1: string | null; key_2: string | null };

/** The keys for which jobs wait, each with one that does, and how many hold a slot of it now. */
export async function waitingKeys(db: Db): Promise<(WaitingKey & { holders: number })[]> {
  const rows = await db.execute<WaitingKey>(sql`
    select distinct on (gate) gate, function_id, key_1, key_2 from engine_jobs
    where gate is not null and gate <> 'time' order by gate`);
  const gates = rows.map(({ gate }) => gate);
  const holders = await countHolders(db, gates, []);
  return rows.map((row) => ({ ...row, holders: holders.get(row.gate) ?? 0 }));
}

/**
 * Runs that are going and have nothing that would ever move them: no work, no step that waits. There should be none; what
 * is found is looked at again, so that a wake-up that got lost costs minutes and not the run.
 */
export async function wakeStranded(db: Db, now: Clock): Promise<RunKey[]> {
  const stranded = await db.execute<RunKey>(sql`
    select r.tenant_uuid, r.id from engine_runs r
    where r.ended_at is null and r.status in ('queued', 'running') and r.updated_at < ${now} - interval '1 minute'
      and not exists (select 1 from engine_jobs j where j.tenant_uuid = r.tenant_uuid and j.run_id = r.id and j.step_id = '')
      and (
        not exists (select 1 from engine_jobs j where j.tenant_uuid = r.tenant_uuid and j.run_id = r.id)
        or exists (
          select 1 from engine_steps s where s.tenant_uuid = r.tenant_uuid and s.run_id = r.id and s.state = 'planned'
            and not exists (select 1 from engine_jobs j where j.tenant_uuid = r.tenant_uuid and j.run_id = r.id and j.step_id = s.id)
        )
      )
      and not exists (
        select 1 from engine_steps s where s.tenant_uuid = r.tenant_uuid and s.run_id = r.id
          and s.state in ('waiting', 'invoking') and s.until is null
      )
    limit 1000`);
  await wakeRuns(db, stranded, now);
  return [...stranded];
}

/** Functions with work that is due, which no living process knows; `own` are those of the process that asks. */
export async function unservedFunctions(db: Db, own: readonly string[], now: Clock): Promise<string[]> {
  const rows = await db.execute<{ function_id: string }>(sql`
    with due as (
      select function_id from engine_jobs where due_at <= ${now}
      union select function_id from engine_batches where due_at <= ${now}
    )
    select function_id from due
    where not function_id = any(${sql.param(own)}::text[])
      and not exists (
        select 1 from engine_workers w
        where due.function_id = any(w.functions)
          and w.seen_at > clock_timestamp() - ${workerSilenceMs} * interval '1 millisecond'
      )`);
  return rows.map(({ function_id }) => function_id);
}

/** Runs of these functions whose work is due. */
export async function findOrphans(
  db: Db,
  functions: readonly string[],
  now: Clock,
): Promise<(RunKey & { function_id: string })[]> {
  return db.execute<RunKey & { function_id: string }>(sql`
    select distinct tenant_uuid, run_id as id, function_id from engine_jobs
    where function_id = any(${sql.param(functions)}::text[]) and due_at <= ${now}
    limit 500`) as unknown as Promise<(RunKey & { function_id: string })[]>;
}

type Pruned = { runs: number; events: number; marks: number; workers: number };

/** Takes away what is old: a portion at a time, so that nobody waits for it. */
export async function pruneEngine(
  db: Db,
  keep: { runsDays: number; failedDays: number; eventsDays: number },
  now: Clock,
): Promise<Pruned> {
  const most = 5_000;
  const runs = await db.execute<RunKey>(sql`
    with old as (
      select tenant_uuid, id from engine_runs
      where ended_at < ${now} - case when status = 'failed' then ${keep.failedDays}::int else ${keep.runsDays}::int end * interval '1 day'
      order by ended_at limit ${most}
    ), steps as (
      delete from engine_steps s using old where (s.tenant_uuid, s.run_id) = (old.tenant_uuid, old.id)
    )
    delete from engine_runs r using old where (r.tenant_uuid, r.id) = (old.tenant_uuid, old.id)
    returning r.tenant_uuid, r.id`);
  const events = await db.execute(sql`
    delete from engine_events where (tenant_uuid, id) in (
      select tenant_uuid, id from engine_events where created_at < ${now} - ${keep.eventsDays}::int * interval '1 day' limit ${most}
    ) returning 1`);
  const marks = await db.execute(sql`
    delete from engine_marks where (tenant_uuid, kind, key) in (
      select tenant_uuid, kind, key from engine_marks
      where kind in ('event', 'idempotency', 'throttle') and at < ${now} - interval '1 hour' limit ${most}
    ) returning 1`);
  const workers = await db.execute(
    sql`delete from engine_workers where seen_at < ${now} - interval '1 hour' returning 1`,
  );
  return { runs: runs.length, events: events.length, marks: marks.length, workers: workers.length };
}
