import { and, desc, eq, gte, ilike, lte, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { engineEvents, engineFunctions, engineRuns } from "@/db/schema/engine";
import type { TenantId } from "@/lib/kernel/tenant";
import { dayMs, minuteMs } from "@/lib/kernel/time";
import { isItsFunction, runColumns } from "./list-runs";

const eventColumns = {
  id: engineEvents.id,
  key: engineEvents.key,
  name: engineEvents.name,
  subjectKind: engineEvents.subjectKind,
  subjectId: engineEvents.subjectId,
  started: engineEvents.started,
  resumed: engineEvents.resumed,
  cancelled: engineEvents.cancelled,
  occurredAt: engineEvents.occurredAt,
  createdAt: engineEvents.createdAt,
};

/** Newest first, without their data. */
export async function listEventRows(
  db: Db,
  tenantId: TenantId,
  filter: { name?: string | undefined },
  page: { afterId?: string | undefined; limit: number },
) {
  const wanted: (SQL | undefined)[] = [
    eq(engineEvents.tenantId, tenantId),
    filter.name ? ilike(engineEvents.name, `%${filter.name.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
    page.afterId
      ? sql`(${engineEvents.createdAt}, ${engineEvents.id}) < (
          select created_at, id from engine_events where tenant_uuid = ${tenantId} and id = ${page.afterId})`
      : undefined,
  ];
  return db
    .select(eventColumns)
    .from(engineEvents)
    .where(and(...wanted))
    .orderBy(desc(engineEvents.createdAt), desc(engineEvents.id))
    .limit(page.limit);
}

export type EventRow = Awaited<ReturnType<typeof listEventRows>>[number];

export async function findEventRow(db: Db, tenantId: TenantId, id: string) {
  const [row] = await db
    .select({ ...eventColumns, data: engineEvents.data })
    .from(engineEvents)
    .where(and(eq(engineEvents.tenantId, tenantId), eq(engineEvents.id, id)));
  return row ?? null;
}

/**
 * The runs that an event began. A run carries its events as they were written, so they are looked through as text, and
 * only those of the day after it: `->>` would refuse a payload with a NUL in it.
 */
export async function listRunsOfEvent(
  db: Db,
  tenantId: TenantId,
  event: { key: string; name: string; createdAt: Date },
) {
  return db
    .select(runColumns)
    .from(engineRuns)
    .leftJoin(engineFunctions, isItsFunction)
    .where(
      and(
        eq(engineRuns.tenantId, tenantId),
        eq(engineRuns.eventName, event.name),
        gte(engineRuns.createdAt, new Date(event.createdAt.getTime() - minuteMs)),
        lte(engineRuns.createdAt, new Date(event.createdAt.getTime() + dayMs)),
        sql`strpos(${engineRuns.events}::text, ${`"id":${JSON.stringify(event.key)}`}) > 0`,
      ),
    )
    .orderBy(engineRuns.createdAt)
    .limit(50);
}
