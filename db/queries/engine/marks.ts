import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Clock } from "../lease";
import { rowsOf } from "./rows";

export type Mark = { tenantId: string; kind: "event" | "idempotency" | "throttle" | "cron"; key: string };

/**
 * Sets marks that hold for `holdMs` and returns those that were not held already: of two that come with the same key,
 * the first gets it.
 */
export async function takeMarks(
  db: Db,
  marks: readonly Mark[],
  now: Clock,
  holdMs: number,
  /** What to do with one whose time is over: it may be taken again, or stays as it is. */
  over: "take" | "keep" = "take",
): Promise<Set<string>> {
  if (marks.length === 0) return new Set();
  // The same key twice in one statement would be an error; the callers see to the order among equals.
  const rows = [...new Map(marks.map((mark) => [markKey(mark), mark])).values()].map((mark) => ({
    tenant_uuid: mark.tenantId,
    kind: mark.kind,
    key: mark.key,
  }));
  const taken = await db.execute<{ tenant_uuid: string; kind: Mark["kind"]; key: string }>(sql`
    insert into engine_marks as m (tenant_uuid, kind, key, at)
    select tenant_uuid, kind, key, ${now} + ${holdMs} * interval '1 millisecond'
    from ${rowsOf(rows, "tenant_uuid uuid, kind text, key text")}
    order by tenant_uuid, kind, key
    on conflict (tenant_uuid, kind, key)
      ${over === "keep" ? sql`do nothing` : sql`do update set at = excluded.at where m.at <= ${now}`}
    returning tenant_uuid, kind, key`);
  return new Set(taken.map((row) => markKey({ tenantId: row.tenant_uuid, kind: row.kind, key: row.key })));
}

export const markKey = (mark: Mark) => `${mark.tenantId} ${mark.kind} ${mark.key}`;

export async function readMarks(db: Db, marks: readonly Mark[]): Promise<Map<string, Date>> {
  if (marks.length === 0) return new Map();
  const rows = marks.map((mark) => ({ tenant_uuid: mark.tenantId, kind: mark.kind, key: mark.key }));
  const found = await db.execute<{ tenant_uuid: string; kind: Mark["kind"]; key: string; at: string }>(sql`
    select m.tenant_uuid, m.kind, m.key, m.at from engine_marks m
    join ${rowsOf(rows, "tenant_uuid uuid, kind text, key text")} using (tenant_uuid, kind, key)`);
  return new Map(
    found.map((row) => [markKey({ tenantId: row.tenant_uuid, kind: row.kind, key: row.key }), new Date(row.at)]),
  );
}

export async function writeMarks(db: Db, marks: readonly (Mark & { at: Date })[]): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map((mark) => ({
    tenant_uuid: mark.tenantId,
    kind: mark.kind,
    key: mark.key,
    at: mark.at.toISOString(),
  }));
  await db.execute(sql`
    insert into engine_marks (tenant_uuid, kind, key, at)
    select tenant_uuid, kind, key, at from ${rowsOf(rows, "tenant_uuid uuid, kind text, key text, at timestamptz")}
    on conflict (tenant_uuid, kind, key) do update set at = excluded.at`);
}

/** Moves a mark on from where it was seen: of two processes that see the same tick, one gets it. */
export async function moveMark(db: Db, mark: Mark, from: Date, to: Date): Promise<boolean> {
  const moved = await db.execute(sql`
    update engine_marks set at = ${to.toISOString()}::timestamptz
    where tenant_uuid = ${mark.tenantId} and kind = ${mark.kind} and key = ${mark.key}
      and date_trunc('milliseconds', at) = date_trunc('milliseconds', ${from.toISOString()}::timestamptz)
    returning 1`);
  return moved.length > 0;
}
