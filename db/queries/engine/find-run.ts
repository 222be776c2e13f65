import { and, asc, desc, eq, gte, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { engineEvents, engineFunctions, engineRuns, engineSteps } from "@/db/schema/engine";
import type { TenantId } from "@/lib/kernel/tenant";
import { dayMs } from "@/lib/kernel/time";
import { isItsFunction, runColumns } from "./list-runs";

/** A run as its list shows it, with no payload read: what another login may look at too. */
export async function findRunRow(db: Db, tenantId: TenantId, id: string) {
  const [row] = await db
    .select(runColumns)
    .from(engineRuns)
    .leftJoin(engineFunctions, isItsFunction)
    .where(and(eq(engineRuns.tenantId, tenantId), eq(engineRuns.id, id)));
  return row ?? null;
}

/** Its size in the table is asked first, so that a long value is not even unpacked. */
const isLong = (column: AnyPgColumn, most: number): SQL<boolean> =>
  sql`coalesce(pg_column_size(${column}) > ${most} or octet_length(${column}::text) > ${most}, false)`;
const unlessLong = <T>(column: AnyPgColumn, most: number): SQL<T | null> =>
  sql<T | null>`case when ${isLong(column, most)} then null else ${column} end`;

/** What it was given and gave back; a value longer than `most` bytes is left out and said to be. */
export async function findRunPayload(db: Db, tenantId: TenantId, id: string, most: number) {
  const [row] = await db
    .select({
      output: unlessLong<unknown>(engineRuns.output, most),
      isOutputLong: isLong(engineRuns.output, most),
      error: engineRuns.error,
      events: engineRuns.events,
    })
    .from(engineRuns)
    .where(and(eq(engineRuns.tenantId, tenantId), eq(engineRuns.id, id)));
  return row ?? null;
}

/** In the order in which things happened: what has ended by its end, then what is still open by its beginning. */
const happened = [sql`${engineSteps.seq} asc nulls last`, asc(engineSteps.createdAt), asc(engineSteps.id)];

const stepColumns = {
  id: engineSteps.id,
  name: engineSteps.name,
  kind: engineSteps.kind,
  state: engineSteps.state,
  attempts: engineSteps.attempts,
  until: engineSteps.until,
  startedAt: engineSteps.startedAt,
  endedAt: engineSteps.endedAt,
  createdAt: engineSteps.createdAt,
};
const ofRun = (tenantId: TenantId, runId: string) =>
  and(eq(engineSteps.tenantId, tenantId), eq(engineSteps.runId, runId));

export async function listSteps(db: Db, tenantId: TenantId, runId: string, most: number) {
  return db
    .select({
      ...stepColumns,
      detail: engineSteps.detail,
      error: engineSteps.error,
      output: unlessLong<unknown>(engineSteps.output, most),
      isOutputLong: isLong(engineSteps.output, most),
    })
    .from(engineSteps)
    .where(ofRun(tenantId, runId))
    .orderBy(...happened);
}

/** Names, states and times only. */
export async function listBareSteps(db: Db, tenantId: TenantId, runId: string) {
  return db
    .select(stepColumns)
    .from(engineSteps)
    .where(ofRun(tenantId, runId))
    .orderBy(...happened);
}

/** In full, however long. Null where there is no such run or step. */
export async function findOutput(db: Db, tenantId: TenantId, runId: string, stepId: string | undefined) {
  const [row] =
    stepId === undefined
      ? await db
          .select({ output: engineRuns.output })
          .from(engineRuns)
          .where(and(eq(engineRuns.tenantId, tenantId), eq(engineRuns.id, runId)))
      : await db
          .select({ output: engineSteps.output })
          .from(engineSteps)
          .where(and(ofRun(tenantId, runId), eq(engineSteps.id, stepId)));
  return row ?? null;
}

const mostKin = 100;

/** Parent, original and replays by their keys; children by the time in which they can have begun. */
export async function listKin(
  db: Db,
  tenantId: TenantId,
  run: { id: string; parentRunId: string | null; replayOf: string | null; createdAt: Date; endedAt: Date | null },
  hasChildren: boolean,
) {
  const named = [run.parentRunId, run.replayOf].filter((id): id is string => id !== null);
  const child = and(
    eq(engineRuns.parentRunId, run.id),
    gte(engineRuns.createdAt, run.createdAt),
    run.endedAt ? lte(engineRuns.createdAt, run.endedAt) : undefined,
  );
  return db
    .select(runColumns)
    .from(engineRuns)
    .leftJoin(engineFunctions, isItsFunction)
    .where(
      and(
        eq(engineRuns.tenantId, tenantId),
        or(
          named.length > 0 ? inArray(engineRuns.id, named) : undefined,
          eq(engineRuns.replayOf, run.id),
          hasChildren ? child : undefined,
        ),
      ),
    )
    .orderBy(desc(engineRuns.createdAt))
    .limit(mostKin);
}

/** Where the events of a run can be read, while they are kept: by the id their sender gave them, near the run's start. */
export async function findEventsByKey(db: Db, tenantId: TenantId, keys: readonly string[], runCreatedAt: Date) {
  if (keys.length === 0) return [];
  return db
    .select({ id: engineEvents.id, key: engineEvents.key })
    .from(engineEvents)
    .where(
      and(
        eq(engineEvents.tenantId, tenantId),
        inArray(engineEvents.key, [...keys]),
        gte(engineEvents.createdAt, new Date(runCreatedAt.getTime() - 8 * dayMs)),
        lte(engineEvents.createdAt, new Date(runCreatedAt.getTime() + dayMs)),
      ),
    )
    .orderBy(asc(engineEvents.createdAt))
    .limit(keys.length * 2);
}
