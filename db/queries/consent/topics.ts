import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { topics } from "@/db/schema/consent";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewTopic = {
  id: string;
  name: string;
  description: string | null;
  isPublic: boolean;
  metadata?: Record<string, unknown>;
  createdAt: Date;
};

export async function insertTopic(db: Db, tenantId: TenantId, topic: NewTopic) {
  const rows = await db
    .insert(topics)
    .values({ tenantId, ...topic, updatedAt: topic.createdAt })
    .returning();
  return rows[0] as (typeof rows)[number];
}

/** By name; a workspace has a handful. */
export async function listTopics(
  db: Db,
  tenantId: TenantId,
  filter: { state?: "open" | "archived"; isPublic?: boolean; limit: number },
) {
  return db
    .select()
    .from(topics)
    .where(
      and(
        eq(topics.tenantId, tenantId),
        filter.state === "open" ? isNull(topics.archivedAt) : undefined,
        filter.state === "archived" ? isNotNull(topics.archivedAt) : undefined,
        filter.isPublic === undefined ? undefined : eq(topics.isPublic, filter.isPublic),
      ),
    )
    .orderBy(asc(topics.name), asc(topics.id))
    .limit(filter.limit);
}

export async function findTopic(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select()
    .from(topics)
    .where(and(eq(topics.tenantId, tenantId), eq(topics.id, id)));
  return rows[0] ?? null;
}

export async function updateTopic(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: Partial<{ name: string; description: string | null; isPublic: boolean; archivedAt: Date | null }>,
  now: Date,
) {
  const rows = await db
    .update(topics)
    .set({ ...changes, updatedAt: now })
    .where(and(eq(topics.tenantId, tenantId), eq(topics.id, id)))
    .returning();
  return rows[0] ?? null;
}
