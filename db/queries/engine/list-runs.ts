import { and, desc, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { engineFunctions, engineRuns } from "@/db/schema/engine";
import type { RunStatus, RunSubject } from "@/lib/domain/engine/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type RunFilter = {
  status?: RunStatus | undefined;
  function?: string | undefined;
  subject?: { kind: RunSubject; id: string } | undefined;
  search?: string | undefined;
  /** Where the words searched for are the id of a run. */
  searchId?: string | null;
  from?: Date | undefined;
  until?: Date | undefined;
};

/** What a list shows of a run: nothing of what it was given or gave back, which also makes it fit for other eyes. */
export const runColumns = {
  id: engineRuns.id,
  functionId: engineRuns.functionId,
  functionName: engineFunctions.name,
  status: engineRuns.status,
  trigger: engineRuns.trigger,
  eventName: engineRuns.eventName,
  subjectKind: engineRuns.subjectKind,
  subjectId: engineRuns.subjectId,
  parentRunId: engineRuns.parentRunId,
  parentStepId: engineRuns.parentStepId,
  replayOf: engineRuns.replayOf,
  replayFrom: engineRuns.replayFrom,
  reason: engineRuns.reason,
  createdAt: engineRuns.createdAt,
  startedAt: engineRuns.startedAt,
  endedAt: engineRuns.endedAt,
};

export const isItsFunction = eq(engineFunctions.id, engineRuns.functionId);

/** Newest first. The cursor is a run: its place is looked up, because times in the database are finer than ours. */
export async function listRunRows(
  db: Db,
  tenantId: TenantId,
  filter: RunFilter,
  page: { afterId?: string | undefined; limit: number },
) {
  const wanted: (SQL | undefined)[] = [
    eq(engineRuns.tenantId, tenantId),
    filter.status && eq(engineRuns.status, filter.status),
    filter.function ? eq(engineRuns.functionId, filter.function) : undefined,
    filter.subject && and(eq(engineRuns.subjectKind, filter.subject.kind), eq(engineRuns.subjectId, filter.subject.id)),
    filter.from && gte(engineRuns.createdAt, filter.from),
    filter.until && lt(engineRuns.createdAt, filter.until),
    matches(filter),
    page.afterId
      ? sql`(${engineRuns.createdAt}, ${engineRuns.id}) < (
          select created_at, id from engine_runs where tenant_uuid = ${tenantId} and id = ${page.afterId})`
      : undefined,
  ];
  return db
    .select(runColumns)
    .from(engineRuns)
    .leftJoin(engineFunctions, isItsFunction)
    .where(and(...wanted))
    .orderBy(desc(engineRuns.createdAt), desc(engineRuns.id))
    .limit(page.limit);
}

export type RunRow = Awaited<ReturnType<typeof listRunRows>>[number];

function matches({ search, searchId }: RunFilter): SQL | undefined {
  if (searchId) return eq(engineRuns.id, searchId);
  if (!search) return undefined;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  // People type the words they read, ids have hyphens between them.
  const asId = pattern.replaceAll(/\s+/g, "-");
  return or(ilike(engineRuns.eventName, pattern), ilike(engineRuns.functionId, asId));
}
