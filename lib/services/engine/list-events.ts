import type { z } from "zod";
import { type EventRow, findEventRow, listEventRows, listRunsOfEvent } from "@/db/queries/engine/list-events";
import type { EngineEvent, EngineEventDetail, EngineEventQuery } from "@/lib/domain/engine/shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";
import { toRunRef, toSubject } from "./to-run";

function toEvent({ subjectKind, subjectId, ...row }: EventRow): EngineEvent {
  return { ...row, subject: toSubject({ subjectKind, subjectId }) };
}

export async function listEngineEvents(ctx: Context, query: z.output<typeof EngineEventQuery>) {
  requireScope(ctx, "runs:read");
  const { cursor, limit, ...filter } = query;
  const afterId = readCursor(cursor, "uuid");
  return read(ctx, async (tx) => {
    const rows = await listEventRows(tx.db, tx.tenantId, filter, { afterId, limit: limit + 1 });
    const { items, nextCursor } = page(rows, limit, (row) => row.id);
    return { items: items.map(toEvent), nextCursor };
  });
}

export async function findEngineEvent(ctx: Context, id: string): Promise<EngineEventDetail> {
  requireScope(ctx, "runs:read");
  return read(ctx, async (tx) => {
    const row = await findEventRow(tx.db, tx.tenantId, id);
    if (!row) throw notFound("event");
    const { data, ...event } = row;
    const runs = await listRunsOfEvent(tx.db, tx.tenantId, row);
    return { ...toEvent(event), data, runs: runs.map(toRunRef) };
  });
}
