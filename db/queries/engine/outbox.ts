import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { RunSubject } from "@/lib/domain/engine/vocabulary";
import type { Clock } from "../lease";
import { payload, rowsOf } from "./rows";

export type NewEvent = {
  tenantId: string;
  id: string;
  key: string;
  name: string;
  data: Record<string, unknown>;
  v?: string;
  /** Null: now, by the database's clock. */
  occurredAt: Date | null;
  subject: { kind: RunSubject; id: string } | null;
};

export type TakenEvent = NewEvent & { seq: number; occurredAt: Date };

const eventRow = (event: NewEvent | TakenEvent) => ({
  tenant_uuid: event.tenantId,
  id: event.id,
  key: event.key,
  name: event.name,
  data: payload(event.data),
  subject_kind: event.subject?.kind ?? null,
  subject_id: event.subject?.id ?? null,
});

/** In the caller's own transaction: the event leaves exactly when its cause is committed. */
export async function insertEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    ...eventRow(event),
    v: event.v ?? null,
    occurred_at: event.occurredAt?.toISOString() ?? null,
  }));
  await db.execute(sql`
    insert into event_outbox (tenant_uuid, id, key, name, data, v, occurred_at, subject_kind, subject_id)
    select tenant_uuid, id, key, name, data::json, v, coalesce(occurred_at, clock_timestamp()), subject_kind, subject_id
    from ${rowsOf(
      rows,
      "tenant_uuid uuid, id uuid, key text, name text, data text, v text, occurred_at timestamptz, subject_kind text, subject_id uuid",
    )}`);
}

/**
 * Takes the oldest events out, in the order in which they were said. One process at a time: two that took turns could start
 * the later of two runs first. The lock ends with the transaction.
 */
export async function takeEvents(db: Db, limit: number, now: Clock): Promise<{ events: TakenEvent[]; at: Date }> {
  // Read behind the lock: of two intakes the later has the later time, whatever their own clocks say.
  const locked = await lockIntake(db, now);
  const rows = await db.execute<{
    tenant_uuid: string;
    id: string;
    seq: string;
    key: string;
    name: string;
    data: Record<string, unknown>;
    v: string | null;
    occurred_at: string;
    subject_kind: RunSubject | null;
    subject_id: string | null;
  }>(sql`
    with next as (
      select tenant_uuid, id from event_outbox where due_at <= ${now} order by seq limit ${limit} for update skip locked
    )
    delete from event_outbox e using next where (e.tenant_uuid, e.id) = (next.tenant_uuid, next.id)
    returning e.tenant_uuid, e.id, e.seq, e.key, e.name, e.data, e.v, e.occurred_at, e.subject_kind, e.subject_id`);
  const events = rows
    .map((row) => ({
      tenantId: row.tenant_uuid,
      id: row.id,
      seq: Number(row.seq),
      key: row.key,
      name: row.name,
      data: row.data,
      ...(row.v === null ? {} : { v: row.v }),
      occurredAt: new Date(row.occurred_at),
      subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : null,
    }))
    .sort((a, b) => a.seq - b.seq);
  return { events, at: locked };
}

/** One intake at a time. A process that is new says what it knows behind the same lock, before anything else is taken in. */
export async function lockIntake(db: Db, now: Clock): Promise<Date> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('madan_sara.engine.intake'))`);
  const rows = await db.execute<{ now: string }>(sql`select ${now} as now`);
  return new Date(rows[0]?.now ?? Date.now());
}

/** The event whose turn it is waits longer each time, up to an hour. Returns its id. */
export async function putFirstAside(db: Db, now: Clock): Promise<string | null> {
  const rows = await db.execute<{ id: string }>(sql`
    update event_outbox e
    set attempt = e.attempt + 1, due_at = ${now} + least(3600, 2 * power(2, least(e.attempt, 12))) * interval '1 second'
    from (
      select tenant_uuid, id from event_outbox where due_at <= ${now} order by seq limit 1 for update skip locked
    ) first
    where (e.tenant_uuid, e.id) = (first.tenant_uuid, first.id)
    returning e.id`);
  return rows[0]?.id ?? null;
}

/** What the page shows of an event, and what became of it. */
export async function keepEvents(
  db: Db,
  events: readonly (TakenEvent & { started: number; resumed: number; cancelled: number })[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    ...eventRow(event),
    started: event.started,
    resumed: event.resumed,
    cancelled: event.cancelled,
    occurred_at: event.occurredAt.toISOString(),
  }));
  await db.execute(sql`
    insert into engine_events (tenant_uuid, id, key, name, data, subject_kind, subject_id, started, resumed, cancelled, occurred_at)
    select tenant_uuid, id, key, name, data::json, subject_kind, subject_id, started, resumed, cancelled, occurred_at
    from ${rowsOf(
      rows,
      "tenant_uuid uuid, id uuid, key text, name text, data text, subject_kind text, subject_id uuid, started int, resumed int, cancelled int, occurred_at timestamptz",
    )}
    on conflict do nothing`);
}
