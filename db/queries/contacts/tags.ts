import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { contactTags, tags } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

const contacts = sql<number>`(select count(*)::int from contact_tags t
  where t.tenant_uuid = "tags"."tenant_uuid" and t.tag_id = "tags"."id")`;

const columns = {
  id: tags.id,
  name: tags.name,
  nameKey: tags.nameKey,
  contacts,
  metadata: tags.metadata,
  createdAt: tags.createdAt,
  updatedAt: tags.updatedAt,
};

/** By name. */
export async function listTags(db: Db, tenantId: TenantId, page: { search?: string; skip: number; limit: number }) {
  const pattern = page.search === undefined ? undefined : `%${page.search.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select(columns)
    .from(tags)
    .where(and(eq(tags.tenantId, tenantId), pattern ? sql`${tags.nameKey} like ${pattern}` : undefined))
    .orderBy(asc(tags.nameKey), asc(tags.id))
    .offset(page.skip)
    .limit(page.limit);
}

export async function findTag(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select(columns)
    .from(tags)
    .where(and(eq(tags.tenantId, tenantId), eq(tags.id, id)));
  return rows[0] ?? null;
}

export async function updateTag(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: { name?: string; nameKey?: string; metadata?: Record<string, unknown>; updatedAt: Date },
) {
  await db
    .update(tags)
    .set(changes)
    .where(and(eq(tags.tenantId, tenantId), eq(tags.id, id)));
}

/** Off every contact, then away. Answers how many had it. */
export async function deleteTag(db: Db, tenantId: TenantId, id: string): Promise<number> {
  const gone = await db.delete(contactTags).where(and(eq(contactTags.tenantId, tenantId), eq(contactTags.tagId, id)));
  await db.delete(tags).where(and(eq(tags.tenantId, tenantId), eq(tags.id, id)));
  return gone.count;
}
