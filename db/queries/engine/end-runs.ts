import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EventPayload, JsonError } from "@/lib/domain/engine/payloads";
import { platformTenant, type RunReason, type RunStatus, type RunSubject } from "@/lib/domain/engine/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Clock, databaseClock } from "../lease";
import { lockSlots, unparkJobs, wakeRuns } from "./jobs";
import { lockRuns } from "./load-runs";
import { insertEvents, type NewEvent } from "./outbox";
import { payload, type RunKey, rowsOf } from "./rows";
import { settleWaiting } from "./steps";
import { dropWaits } from "./waits";

export type RunEnd = RunKey & {
  status: Extract<RunStatus, "completed" | "failed" | "cancelled">;
  /** JSON text. */
  output?: string;
  error?: JsonError;
  reason?: RunReason;
};

type EndedRun = RunKey & {
  function_id: string;
  status: RunEnd["status"];
  events: EventPayload[];
  output: unknown;
  error: JsonError | null;
  parent_run_id: string | null;
  parent_step_id: string | null;
  subject_kind: RunSubject | null;
  subject_id: string | null;
};

/**
 * The end of a run, once: its work and its waits are taken away, whoever invoked it is told, and the slots it held are
 * given on. The caller has locked the slots (`lockSlots`), where there are any, then the runs and their parents (`lockRuns`).
 */
export async function endRuns(
  db: Db,
  ends: readonly RunEnd[],
  now: Clock,
  announced: ReadonlySet<string> = new Set(),
): Promise<EndedRun[]> {
  if (ends.length === 0) return [];
  const rows = ends.map((end) => ({
    tenant_uuid: end.tenant_uuid,
    id: end.id,
    status: end.status,
    output: end.output ?? null,
    error: payload(end.error),
    reason: end.reason ?? null,
  }));
  const ended = await db.execute<EndedRun & { slots: { key_1: string | null; key_2: string | null }[] | null }>(sql`
    with ended as (
      update engine_runs r
      set status = g.status, output = g.output::json, error = g.error::json, reason = g.reason, ended_at = ${now}, updated_at = ${now}
      from ${rowsOf(rows, "tenant_uuid uuid, id uuid, status text, output text, error text, reason text")}
      where (r.tenant_uuid, r.id) = (g.tenant_uuid, g.id) and r.status in ('queued', 'running')
      returning r.tenant_uuid, r.id, r.function_id, r.status, r.events, r.output, r.error, r.parent_run_id, r.parent_step_id,
        r.subject_kind, r.subject_id
    ), jobs as (
      delete from engine_jobs j using ended e where (j.tenant_uuid, j.run_id) = (e.tenant_uuid, e.id)
      returning j.run_id, j.key_1, j.key_2, j.lease_until
    ), waits as (
      delete from engine_waits w using ended e where (w.tenant_uuid, w.run_id) = (e.tenant_uuid, e.id)
    ), steps as (
      update engine_steps s set state = 'cancelled', ended_at = ${now}
      from ended e
      where (s.tenant_uuid, s.run_id) = (e.tenant_uuid, e.id)
        and s.state in ('planned', 'retrying', 'sleeping', 'waiting', 'invoking')
    )
    select e.*, (
      select json_agg(json_build_object('key_1', j.key_1, 'key_2', j.key_2)) from jobs j
      where j.run_id = e.id and j.lease_until is not null and (j.key_1 is not null or j.key_2 is not null)
    ) as slots
    from ended e`);
  await unparkJobs(db, slotsOf(ended.flatMap(({ slots }) => slots ?? [])));
  await tellParents(db, ended, now);
  await announce(db, ended, announced);
  return [...ended];
}

/** What has gone wrong is always said; that something went well only where a function listens for it. */
const alwaysSaid = new Set(["failed", "cancelled"]);
const eventOf = {
  completed: "inngest/function.finished",
  failed: "inngest/function.failed",
  cancelled: "inngest/function.cancelled",
};

async function announce(db: Db, ended: readonly EndedRun[], announced: ReadonlySet<string>): Promise<void> {
  const said = ended.filter(({ status }) => alwaysSaid.has(status) || announced.has(eventOf[status]));
  await insertEvents(
    db,
    said.flatMap((run): NewEvent[] => {
      const id = uuidv7();
      const [event] = run.events;
      const failed = run.status === "failed" && { error: run.error };
      const data = {
        function_id: run.function_id,
        run_id: run.id,
        tenantId: run.tenant_uuid === platformTenant ? null : run.tenant_uuid,
        event,
        events: run.events,
        _inngest: { status: run.status },
        ...(run.status === "completed" ? { result: run.output } : failed),
      };
      const subject = run.subject_kind && run.subject_id ? { kind: run.subject_kind, id: run.subject_id } : null;
      return [{ tenantId: run.tenant_uuid, id, key: id, name: eventOf[run.status], data, occurredAt: null, subject }];
    }),
  );
}

/** How many slots of each key became free. */
export function slotsOf(jobs: readonly { key_1: string | null; key_2: string | null }[]): Map<string, number> {
  const slots = new Map<string, number>();
  for (const job of jobs)
    for (const key of new Set([job.key_1, job.key_2])) if (key !== null) slots.set(key, (slots.get(key) ?? 0) + 1);
  return slots;
}

async function tellParents(db: Db, ended: readonly EndedRun[], now: Clock): Promise<void> {
  const invoked = ended.filter((run) => run.parent_run_id !== null);
  if (invoked.length === 0) return;
  const settled = await settleWaiting(
    db,
    invoked.map((run) => ({
      tenantId: run.tenant_uuid,
      runId: run.parent_run_id ?? "",
      stepId: run.parent_step_id ?? "",
      output: run.output,
      ...(run.status === "completed"
        ? {}
        : {
            error: run.error ?? {
              name: "Error",
              message: run.status === "cancelled" ? "The invoked run was cancelled." : "The invoked run failed.",
            },
          }),
    })),
    now,
  );
  await dropWaits(db, settled);
  await wakeRuns(db, uniqueRuns(settled), now);
}

export function uniqueRuns(runs: readonly RunKey[]): RunKey[] {
  return [...new Map(runs.map(({ tenant_uuid, id }) => [`${tenant_uuid} ${id}`, { tenant_uuid, id }])).values()];
}

/** The parents of these runs, which have to be locked with them. */
export async function withParents(db: Db, runs: readonly RunKey[]): Promise<RunKey[]> {
  if (runs.length === 0) return [];
  const parents = await db.execute<RunKey>(sql`
    select r.tenant_uuid, r.parent_run_id as id from engine_runs r
    join ${rowsOf(runs, "tenant_uuid uuid, id uuid")} on (r.tenant_uuid, r.id) = (g.tenant_uuid, g.id)
    where r.parent_run_id is not null`);
  return uniqueRuns([...runs, ...parents]);
}

/** Cancels runs of one workspace. Returns the ids of those that were really going. */
export async function cancelRuns(
  db: Db,
  tenantId: string,
  runIds: readonly string[],
  reason: Extract<RunReason, "cancelled_by_person" | "cancelled_by_event">,
  now: Clock = databaseClock(),
): Promise<EndedRun[]> {
  const keys = runIds.map((id) => ({ tenant_uuid: tenantId, id }));
  await lockSlots(db);
  await lockRuns(db, await withParents(db, keys));
  return endRuns(
    db,
    keys.map((key) => ({ ...key, status: "cancelled" as const, reason })),
    now,
  );
}
