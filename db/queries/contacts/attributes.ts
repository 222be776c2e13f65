import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { attributes, attributeValues } from "@/db/schema/contacts";
import type { AttributeType } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

/** Every one that is declared: a workspace has few, and whoever judges a profile needs them all. */
export async function listAttributeTypes(db: Db, tenantId: TenantId) {
  return db
    .select({ id: attributes.id, key: attributes.key, label: attributes.label, type: attributes.type })
    .from(attributes)
    .where(eq(attributes.tenantId, tenantId))
    .orderBy(asc(attributes.id));
}

const values = sql<number>`(select count(*)::int from attribute_values v
  where v.tenant_uuid = "attributes"."tenant_uuid" and v.attribute_id = "attributes"."id")`;

const columns = {
  id: attributes.id,
  key: attributes.key,
  label: attributes.label,
  type: attributes.type,
  values,
  metadata: attributes.metadata,
  createdAt: attributes.createdAt,
  updatedAt: attributes.updatedAt,
};

/** In the order in which they were declared. */
export async function listAttributes(
  db: Db,
  tenantId: TenantId,
  page: { afterId?: string; skip?: number; limit: number },
) {
  return db
    .select(columns)
    .from(attributes)
    .where(and(eq(attributes.tenantId, tenantId), page.afterId ? gt(attributes.id, page.afterId) : undefined))
    .orderBy(asc(attributes.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findAttribute(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select(columns)
    .from(attributes)
    .where(and(eq(attributes.tenantId, tenantId), eq(attributes.id, id)));
  return rows[0] ?? null;
}

/** Null where the key is taken. */
export async function insertAttribute(
  db: Db,
  tenantId: TenantId,
  row: {
    id: string;
    key: string;
    label: string;
    type: AttributeType;
    createdAt: Date;
    metadata?: Record<string, unknown>;
  },
) {
  const rows = await db
    .insert(attributes)
    .values({ tenantId, ...row, updatedAt: row.createdAt })
    .onConflictDoNothing()
    .returning({ id: attributes.id });
  return rows[0] ?? null;
}

export async function updateAttribute(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: { label?: string; type?: AttributeType; updatedAt: Date },
) {
  await db
    .update(attributes)
    .set(changes)
    .where(and(eq(attributes.tenantId, tenantId), eq(attributes.id, id)));
}

/** Its values go first: they know it by its id only. Answers how many contacts had one. */
export async function deleteAttribute(db: Db, tenantId: TenantId, id: string): Promise<number> {
  const gone = await db
    .delete(attributeValues)
    .where(and(eq(attributeValues.tenantId, tenantId), eq(attributeValues.attributeId, id)));
  await db.delete(attributes).where(and(eq(attributes.tenantId, tenantId), eq(attributes.id, id)));
  return gone.count;
}
