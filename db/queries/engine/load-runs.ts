import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EventPayload, JsonError } from "@/lib/domain/engine/payloads";
import type { RunStatus, RunSubject, TriggerKind } from "@/lib/domain/engine/vocabulary";
import type { Clock } from "../lease";
import { type RunKey, rowsOf } from "./rows";

export type LoadedRun = {
  tenant_uuid: string;
  id: string;
  function_id: string;
  trigger: TriggerKind;
  /** What it was before this call: 'queued' at the first. */
  was: RunStatus;
  events: EventPayload[];
  parent_run_id: string | null;
  parent_step_id: string | null;
  subject_kind: RunSubject | null;
  subject_id: string | null;
  key_1: string | null;
  key_2: string | null;
  sort_at: string;
  position: string;
  /** Steps that have ended, in that order. */
  memo: { id: string; output: unknown; error: JsonError | null }[];
  step_count: number;
  memo_bytes: number;
  /** Steps that are planned, asleep, waiting, or to be tried again by themselves. */
  open: string[];
};

/** The facts of one call, for many runs in one question; what is called for the first time is marked as begun. */
export async function beginRuns(db: Db, runs: readonly RunKey[], now: Clock): Promise<LoadedRun[]> {
  if (runs.length === 0) return [];
  const given = rowsOf(runs, "tenant_uuid uuid, id uuid");
  return db.execute<LoadedRun>(sql`
    with begun as (
      update engine_runs r set status = 'running', started_at = ${now}, updated_at = ${now}
      from ${given} where (r.tenant_uuid, r.id) = (g.tenant_uuid, g.id) and r.status = 'queued'
    )
    select r.tenant_uuid, r.id, r.function_id, r.trigger, r.status as was, r.events, r.parent_run_id, r.parent_step_id, r.subject_kind, r.subject_id,
           r.key_1, r.key_2, r.sort_at, r.position, s.memo, s.step_count, s.memo_bytes, s.open
    from engine_runs r
    join ${given} on (r.tenant_uuid, r.id) = (g.tenant_uuid, g.id)
    cross join lateral (
      select
        coalesce(json_agg(json_build_object('id', id, 'output', output, 'error', error) order by seq)
          filter (where state in ('done', 'failed')), '[]'::json) as memo,
        count(*)::int as step_count,
        coalesce(sum(octet_length(output::text)) filter (where state in ('done', 'failed')), 0)::float8 as memo_bytes,
        coalesce(array_agg(id) filter (where state in ('planned', 'sleeping', 'waiting', 'invoking')
          -- A step that is tried again has work of its own where it was planned, and none where the call itself tries it.
          or state = 'retrying' and exists (
            select 1 from engine_jobs j
            where (j.tenant_uuid, j.run_id, j.step_id) = (step.tenant_uuid, step.run_id, step.id)
          )), '{}') as open
      from engine_steps step where tenant_uuid = r.tenant_uuid and run_id = r.id
    ) s
    where r.status in ('queued', 'running')`) as unknown as Promise<LoadedRun[]>;
}

/**
 * Every transaction that changes runs takes their rows first, in one order: so two that change the same runs wait for each
 * other instead of locking each other out. Returns those that are still going.
 */
export async function lockRuns(db: Db, runs: readonly RunKey[]): Promise<Set<string>> {
  if (runs.length === 0) return new Set();
  const open = await db.execute<{ id: string; status: string }>(sql`
    select r.id, r.status from engine_runs r
    join ${rowsOf(runs, "tenant_uuid uuid, id uuid")} on (r.tenant_uuid, r.id) = (g.tenant_uuid, g.id)
    order by r.tenant_uuid, r.id for no key update of r`);
  return new Set(open.filter(({ status }) => status === "queued" || status === "running").map(({ id }) => id));
}
