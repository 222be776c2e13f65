import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import type { Clock } from "../lease";
import { rowsOf } from "./rows";

export type NewWait = {
  tenantId: string;
  id: string;
  runId: string;
  /** '' where the event cancels the run. */
  stepId: string;
  eventName: string;
  match: string | null;
  condition: string | null;
  until: Date | null;
};

export async function insertWaits(db: Db, waits: readonly NewWait[]): Promise<void> {
  if (waits.length === 0) return;
  const rows = waits.map((wait) => ({
    tenant_uuid: wait.tenantId,
    id: wait.id,
    run_id: wait.runId,
    step_id: wait.stepId,
    event_name: wait.eventName,
    match: wait.match,
    condition: wait.condition,
    until: wait.until?.toISOString() ?? null,
  }));
  await db.execute(sql`
    insert into engine_waits (tenant_uuid, id, run_id, step_id, event_name, match, condition, until)
    select tenant_uuid, id, run_id, step_id, event_name, match, condition, until
    from ${rowsOf(
      rows,
      "tenant_uuid uuid, id uuid, run_id uuid, step_id text, event_name text, match text, condition text, until timestamptz",
    )}`);
}

type FoundWait = {
  /** Which of the given events it listens for. */
  at: number;
  tenant_uuid: string;
  run_id: string;
  step_id: string;
  condition: string | null;
  events: EventPayload[];
};

/** Who listens for these events: by the index where the condition is an equality, the rest to be tried one by one. */
export async function findWaits(
  db: Db,
  events: readonly { tenantId: string; name: string; answers: readonly string[] }[],
  now: Clock,
): Promise<FoundWait[]> {
  if (events.length === 0) return [];
  const rows = events.map(({ tenantId, name, answers }, at) => ({ at, tenant_uuid: tenantId, name, answers }));
  return db.execute<FoundWait>(sql`
    select g.at, w.tenant_uuid, w.run_id, w.step_id, w.condition, r.events
    from ${rowsOf(rows, "at int, tenant_uuid uuid, name text, answers text[]")}
    join engine_waits w on w.tenant_uuid = g.tenant_uuid and w.event_name = g.name
      and (w.match is null or w.match = any(g.answers)) and (w.until is null or w.until > ${now})
    join engine_runs r on (r.tenant_uuid, r.id) = (w.tenant_uuid, w.run_id)
    where r.status in ('queued', 'running')
    order by g.at, w.run_id`) as unknown as Promise<FoundWait[]>;
}

/** The waits and timers of steps that have ended. */
export async function dropWaits(
  db: Db,
  ended: readonly { tenant_uuid: string; id: string; step_id: string }[],
): Promise<void> {
  if (ended.length === 0) return;
  const given = rowsOf(ended, "tenant_uuid uuid, id uuid, step_id text");
  await db.execute(sql`
    delete from engine_waits w using ${given}
    where w.tenant_uuid = g.tenant_uuid and w.run_id = g.id and w.step_id = g.step_id`);
  await db.execute(sql`
    delete from engine_jobs j using ${given}
    where (j.tenant_uuid, j.run_id, j.step_id) = (g.tenant_uuid, g.id, g.step_id) and j.kind = 'timer'`);
}
