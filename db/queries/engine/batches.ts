import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EventPayload } from "@/lib/domain/engine/payloads";
import type { RunSubject } from "@/lib/domain/engine/vocabulary";
import type { Clock } from "../lease";
import { payload, rowsOf } from "./rows";

export type Batch = {
  tenantId: string;
  functionId: string;
  key: string;
  events: EventPayload[];
  position: string;
  dueAt: Date;
  deadline: Date | null;
  subject: { kind: RunSubject; id: string } | null;
};
type BatchKey = Pick<Batch, "tenantId" | "functionId" | "key">;

type Row = {
  tenant_uuid: string;
  function_id: string;
  key: string;
  events: EventPayload[];
  position: string;
  due_at: string;
  deadline: string | null;
  subject_kind: RunSubject | null;
  subject_id: string | null;
};
const columns = sql`b.tenant_uuid, b.function_id, b.key, b.events, b.position, b.due_at, b.deadline, b.subject_kind, b.subject_id`;
const keyShape = "tenant_uuid uuid, function_id text, key text";
const keyRow = ({ tenantId, functionId, key }: BatchKey) => ({ tenant_uuid: tenantId, function_id: functionId, key });

const toBatch = (row: Row): Batch => ({
  tenantId: row.tenant_uuid,
  functionId: row.function_id,
  key: row.key,
  events: row.events,
  position: row.position,
  dueAt: new Date(row.due_at),
  deadline: row.deadline === null ? null : new Date(row.deadline),
  subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : null,
});

/** The open batches under these keys, locked: only the intake writes them, and one that is due may be leaving. */
export async function loadBatches(db: Db, keys: readonly BatchKey[]): Promise<Batch[]> {
  if (keys.length === 0) return [];
  const rows = await db.execute<Row>(sql`
    select ${columns} from engine_batches b join ${rowsOf(keys.map(keyRow), keyShape)} using (tenant_uuid, function_id, key)
    order by b.tenant_uuid, b.function_id, b.key for update of b`);
  return rows.map(toBatch);
}

export async function saveBatches(db: Db, batches: readonly Batch[]): Promise<void> {
  if (batches.length === 0) return;
  const rows = batches.map((batch) => ({
    ...keyRow(batch),
    events: payload(batch.events),
    position: batch.position,
    due_at: batch.dueAt.toISOString(),
    deadline: batch.deadline?.toISOString() ?? null,
    subject_kind: batch.subject?.kind ?? null,
    subject_id: batch.subject?.id ?? null,
  }));
  await db.execute(sql`
    insert into engine_batches (tenant_uuid, function_id, key, events, position, due_at, deadline, subject_kind, subject_id)
    select tenant_uuid, function_id, key, events::json, position, due_at, deadline, subject_kind, subject_id
    from ${rowsOf(
      rows,
      `${keyShape}, events text, position bigint, due_at timestamptz, deadline timestamptz, subject_kind text, subject_id uuid`,
    )}
    on conflict (tenant_uuid, function_id, key) do update
      set events = excluded.events, due_at = excluded.due_at, deadline = excluded.deadline`);
}

export async function dropBatches(db: Db, keys: readonly BatchKey[]): Promise<void> {
  if (keys.length === 0) return;
  await db.execute(sql`
    delete from engine_batches b using ${rowsOf(keys.map(keyRow), keyShape)}
    where (b.tenant_uuid, b.function_id, b.key) = (g.tenant_uuid, g.function_id, g.key)`);
}

/** Takes out what has waited long enough. Of functions that are known here: others will come for theirs. */
export async function takeDueBatches(db: Db, functions: readonly string[], now: Clock): Promise<Batch[]> {
  const rows = await db.execute<Row>(sql`
    delete from engine_batches b using (
      select tenant_uuid, function_id, key from engine_batches
      where due_at <= ${now} and function_id = any(${sql.param(functions)}::text[]) order by due_at limit 500 for update skip locked
    ) due
    where (b.tenant_uuid, b.function_id, b.key) = (due.tenant_uuid, due.function_id, due.key)
    returning ${columns}`);
  return rows.map(toBatch).sort((a, b) => Number(a.position) - Number(b.position));
}
