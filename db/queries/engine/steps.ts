import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { JsonError } from "@/lib/domain/engine/payloads";
import type { StepKind, StepState } from "@/lib/domain/engine/vocabulary";
import type { Clock } from "../lease";
import { type Held, payload, rowsOf } from "./rows";

export type StepWrite = {
  tenantId: string;
  runId: string;
  id: string;
  name: string;
  kind: StepKind;
  state: StepState;
  /** JSON text: what the function returned is not parsed and written again. */
  output?: string;
  error?: JsonError;
  attempts?: number;
  until?: Date;
  detail?: string;
  /** How long it took, where we know. */
  tookMs?: number;
};

const shape =
  "tenant_uuid uuid, run_id uuid, id text, name text, kind text, state text, output text, error text, attempts int, until timestamptz, detail text, took_ms float8";

const row = (step: StepWrite) => ({
  tenant_uuid: step.tenantId,
  run_id: step.runId,
  id: step.id,
  name: step.name,
  kind: step.kind,
  state: step.state,
  output: step.output ?? null,
  error: payload(step.error),
  attempts: step.attempts ?? 0,
  until: step.until?.toISOString() ?? null,
  detail: step.detail ?? null,
  took_ms: step.tookMs ?? 0,
});

/** A result that is recorded stays: whatever comes later for the same step is not written. */
const write = (source: SQL, now: Clock) => sql`
  insert into engine_steps as s
    (tenant_uuid, run_id, id, name, kind, state, output, error, attempts, until, detail, seq, started_at, ended_at)
  select g.tenant_uuid, g.run_id, g.id, g.name, g.kind, g.state, g.output::json, g.error::json, g.attempts, g.until, g.detail,
    case when g.state in ('done', 'failed') then nextval('engine_step_order') end,
    ${now} - g.took_ms * interval '1 millisecond',
    case when g.state in ('done', 'failed') then ${now} end
  from ${source}
  on conflict (tenant_uuid, run_id, id) do update
    set state = excluded.state, output = excluded.output, error = excluded.error, seq = excluded.seq,
        attempts = greatest(s.attempts, excluded.attempts), ended_at = excluded.ended_at,
        until = coalesce(excluded.until, s.until), detail = coalesce(excluded.detail, s.detail),
        kind = s.kind, started_at = case when s.state = 'planned' then excluded.started_at else s.started_at end
    where s.state not in ('done', 'failed')
      and (excluded.state in ('done', 'failed', 'retrying') or s.state = 'retrying')`;

/** Inside a transaction that holds the jobs. */
export async function writeSteps(db: Db, steps: readonly StepWrite[], now: Clock): Promise<void> {
  if (steps.length === 0) return;
  await db.execute(write(rowsOf(steps.map(row), shape), now));
}

/**
 * Results that are recorded while the call goes on. One statement for many calls: it writes for those that still hold their
 * job under the number they were given, and says for each whether it did; the rest must stop.
 */
export async function recordSteps(
  db: Db,
  records: readonly { held: Held; steps: readonly StepWrite[] }[],
  now: Clock,
): Promise<boolean[]> {
  const given = records.flatMap(({ held, steps }) =>
    steps.map((step) => ({ ...row(step), job: held.step_id, token: held.token })),
  );
  const held = await db.execute<{ run_id: string; step_id: string; token: string }>(sql`
    with held as materialized (
      select t.tenant_uuid, t.run_id, t.step_id, t.lease_token from engine_jobs t
      where (t.tenant_uuid, t.run_id, t.step_id, t.lease_token) in (
        select g.tenant_uuid, g.run_id, g.job, g.token from ${rowsOf(given, `${shape}, job text, token bigint`)}
      )
      order by t.tenant_uuid, t.run_id, t.step_id
      for no key update of t
    ), written as (
      ${write(
        sql`${rowsOf(given, `${shape}, job text, token bigint`)} join held h
          on (h.tenant_uuid, h.run_id, h.step_id, h.lease_token) = (g.tenant_uuid, g.run_id, g.job, g.token)`,
        now,
      )}
    )
    select run_id, step_id, lease_token as token from held`);
  const names = new Set(held.map(({ run_id, step_id, token }) => `${run_id} ${step_id} ${token}`));
  return records.map(({ held: { run_id, step_id, token } }) => names.has(`${run_id} ${step_id} ${token}`));
}

/**
 * Ends steps that were waiting for something: a sleep that is over, an event that came, a run that was invoked. Only while
 * they wait: of an event and a time-out that come together, the first counts. Returns the runs to wake.
 */
export async function settleWaiting(
  db: Db,
  settled: readonly { tenantId: string; runId: string; stepId: string; output: unknown; error?: JsonError }[],
  now: Clock,
): Promise<{ tenant_uuid: string; id: string; step_id: string }[]> {
  if (settled.length === 0) return [];
  const rows = settled.map((step) => ({
    tenant_uuid: step.tenantId,
    run_id: step.runId,
    step_id: step.stepId,
    output: step.error ? null : payload(step.output ?? null),
    error: payload(step.error),
  }));
  return db.execute<{ tenant_uuid: string; id: string; step_id: string }>(sql`
    update engine_steps s
    set state = case when g.error is null then 'done' else 'failed' end, output = g.output::json, error = g.error::json,
        seq = nextval('engine_step_order'), ended_at = ${now}
    from ${rowsOf(rows, "tenant_uuid uuid, run_id uuid, step_id text, output text, error text")}
    where (s.tenant_uuid, s.run_id, s.id) = (g.tenant_uuid, g.run_id, g.step_id)
      and s.state in ('sleeping', 'waiting', 'invoking')
    returning s.tenant_uuid, s.run_id as id, s.id as step_id`) as unknown as Promise<
    { tenant_uuid: string; id: string; step_id: string }[]
  >;
}
