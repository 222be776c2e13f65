import { and, asc, desc, eq, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { segmentDays, segments } from "@/db/schema/segments";
import type { SegmentKind } from "@/lib/domain/segments/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type SegmentRow = typeof segments.$inferSelect;
export type NewSegment = Pick<SegmentRow, "id" | "key" | "name" | "description" | "kind" | "rules" | "createdBy"> & {
  metadata: Record<string, unknown> | null;
  createdAt: Date;
};

/** Null where the key is taken. */
export async function insertSegment(db: Db, tenantId: TenantId, segment: NewSegment): Promise<SegmentRow | null> {
  const rows = await db
    .insert(segments)
    .values({ tenantId, ...segment, updatedAt: segment.createdAt })
    .onConflictDoNothing()
    .returning();
  return rows[0] ?? null;
}

export async function findSegment(db: Db, tenantId: TenantId, id: string): Promise<SegmentRow | null> {
  const rows = await db
    .select()
    .from(segments)
    .where(and(eq(segments.tenantId, tenantId), eq(segments.id, id)));
  return rows[0] ?? null;
}

/** Whoever changes a segment's members holds its row, so that its size and its history are counted once. */
export async function lockSegment(db: Db, tenantId: TenantId, id: string): Promise<SegmentRow | null> {
  const rows = await db
    .select()
    .from(segments)
    .where(and(eq(segments.tenantId, tenantId), eq(segments.id, id), isNull(segments.archivedAt)))
    .for("update");
  return rows[0] ?? null;
}

export async function isKeyTaken(db: Db, tenantId: TenantId, key: string, exceptId?: string): Promise<boolean> {
  const rows = await db
    .select({ id: segments.id })
    .from(segments)
    .where(and(eq(segments.tenantId, tenantId), eq(segments.key, key), isNull(segments.archivedAt)));
  return rows.some(({ id }) => id !== exceptId);
}

/** Newest first, without what was archived. */
export async function listSegments(
  db: Db,
  tenantId: TenantId,
  filter: { kind?: SegmentKind; search?: string; contactId?: string },
  page: { beforeId?: string; skip?: number; limit: number },
): Promise<SegmentRow[]> {
  return db
    .select()
    .from(segments)
    .where(
      and(
        eq(segments.tenantId, tenantId),
        isNull(segments.archivedAt),
        filter.kind ? eq(segments.kind, filter.kind) : undefined,
        filter.search ? sql`strpos(lower(${segments.name}), lower(${filter.search})) > 0` : undefined,
        filter.contactId
          ? sql`exists (select from segment_members m where m.tenant_uuid = ${tenantId}
              and m.segment_id = ${segments.id} and m.contact_id = ${filter.contactId} and m.left_at is null)`
          : undefined,
        page.beforeId ? lt(segments.id, page.beforeId) : undefined,
      ),
    )
    .orderBy(desc(segments.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

/** A workspace has at most so many that refresh themselves. */
export async function listRuleSegmentIds(db: Db, tenantId: TenantId, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: segments.id })
    .from(segments)
    .where(and(eq(segments.tenantId, tenantId), eq(segments.kind, "rules"), isNull(segments.archivedAt)))
    .orderBy(sql`${segments.refreshedAt} nulls first`)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Segments whose rules ask about this one: `wireId` stands in them as text. */
export async function findAskers(db: Db, tenantId: TenantId, wireId: string): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: segments.id, name: segments.name })
    .from(segments)
    .where(
      and(
        eq(segments.tenantId, tenantId),
        isNull(segments.archivedAt),
        sql`strpos(${segments.rules}::text, ${wireId}) > 0`,
      ),
    )
    .limit(20);
}

export async function updateSegment(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: Partial<Pick<SegmentRow, "name" | "key" | "description" | "rules" | "metadata" | "archivedAt">>,
  now: Date,
): Promise<SegmentRow | null> {
  const rows = await db
    .update(segments)
    .set({ ...changes, updatedAt: now })
    .where(and(eq(segments.tenantId, tenantId), eq(segments.id, id)))
    .returning();
  return rows[0] ?? null;
}

/** Size and history as of now. The day's line gathers all that came and went on it. */
export async function noteSize(
  db: Db,
  tenantId: TenantId,
  id: string,
  facts: { size: number; entered: number; left: number; day: string; now: Date },
): Promise<void> {
  const { size, entered, left, day, now } = facts;
  await db
    .update(segments)
    .set({ size, refreshedAt: now })
    .where(and(eq(segments.tenantId, tenantId), eq(segments.id, id)));
  await db
    .insert(segmentDays)
    .values({ tenantId, segmentId: id, day, size, entered, left, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [segmentDays.tenantId, segmentDays.segmentId, segmentDays.day],
      set: {
        size,
        entered: sql`${segmentDays.entered} + ${entered}`,
        left: sql`${segmentDays.left} + ${left}`,
        updatedAt: now,
      },
    });
}

export type SegmentDayRow = { segmentId: string; day: string; size: number; entered: number; left: number };

/** The lines since `since`, and of each segment the last one before it, oldest first. */
export async function listSegmentDays(
  db: Db,
  tenantId: TenantId,
  ids: string[],
  since: string,
): Promise<SegmentDayRow[]> {
  if (ids.length === 0) return [];
  const columns = {
    segmentId: segmentDays.segmentId,
    day: segmentDays.day,
    size: segmentDays.size,
    entered: segmentDays.entered,
    left: segmentDays.left,
  };
  const ofThese = and(eq(segmentDays.tenantId, tenantId), inArray(segmentDays.segmentId, ids));
  const before = await db
    .selectDistinctOn([segmentDays.segmentId], columns)
    .from(segmentDays)
    .where(and(ofThese, lt(segmentDays.day, since)))
    .orderBy(segmentDays.segmentId, desc(segmentDays.day));
  const during = await db
    .select(columns)
    .from(segmentDays)
    .where(and(ofThese, gte(segmentDays.day, since)))
    .orderBy(asc(segmentDays.day));
  return [...before, ...during];
}
