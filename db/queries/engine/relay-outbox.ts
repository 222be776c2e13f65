import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { eventOutbox } from "@/db/schema/engine";
import { type Clock, leaseOf } from "../lease";
import { rowsOf } from "./rows";

const outboxLease = leaseOf(eventOutbox, [eventOutbox.tenantId, eventOutbox.id]);

export type OutboxEvent = {
  tenantId: string;
  id: string;
  token: number;
  attempt: number;
  key: string;
  name: string;
  data: Record<string, unknown>;
  v: string | null;
  occurredAt: Date;
};

/** The next events to be handed on, held until they are. What is the embedded engine's own word stays with it. */
export async function claimOutbox(
  db: Db,
  claim: { now: Clock; leaseMs: number; limit: number },
): Promise<OutboxEvent[]> {
  type Row = {
    tenant_uuid: string;
    id: string;
    seq: string;
    token: string;
    attempt: number;
    key: string;
    name: string;
    data: Record<string, unknown>;
    v: string | null;
    occurred_at: string;
  };
  const rows = await outboxLease.claim<Row>(db, {
    ...claim,
    where: sql`due_at <= ${claim.now} and name not like 'inngest/%'`,
    order: sql`seq`,
    returning: sql`t.tenant_uuid, t.id, t.seq, t.lease_token as token, t.attempt, t.key, t.name, t.data, t.v, t.occurred_at`,
  });
  return rows
    .sort((a, b) => Number(a.seq) - Number(b.seq))
    .map((row) => ({
      tenantId: row.tenant_uuid,
      id: row.id,
      token: Number(row.token),
      attempt: row.attempt,
      key: row.key,
      name: row.name,
      data: row.data,
      v: row.v,
      occurredAt: new Date(row.occurred_at),
    }));
}

type HeldEvent = Pick<OutboxEvent, "tenantId" | "id" | "token">;
const shape = "tenant_uuid uuid, id uuid, token bigint";
const heldRow = ({ tenantId, id, token }: HeldEvent) => ({ tenant_uuid: tenantId, id, token });

export async function dropFromOutbox(db: Db, events: readonly HeldEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.execute(sql`
    delete from event_outbox e using ${rowsOf(events.map(heldRow), shape)}
    where (e.tenant_uuid, e.id) = (g.tenant_uuid, g.id) and e.lease_token = g.token`);
}

/** Nobody took them: they stay, and are tried again later. */
export async function putOff(db: Db, events: readonly (HeldEvent & { delayMs: number })[], now: Clock): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({ ...heldRow(event), delay_ms: event.delayMs }));
  await db.execute(sql`
    update event_outbox e
    set lease_until = null, attempt = e.attempt + 1, due_at = ${now} + g.delay_ms * interval '1 millisecond'
    from ${rowsOf(rows, `${shape}, delay_ms float8`)}
    where (e.tenant_uuid, e.id) = (g.tenant_uuid, g.id) and e.lease_token = g.token`);
}
