import { and, asc, eq, gt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { identities } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

const columns = {
  id: identities.id,
  channel: identities.channel,
  externalId: identities.externalId,
  handle: identities.handle,
  metadata: identities.metadata,
  createdAt: identities.createdAt,
};

/** In the order in which they were learned. */
export async function listIdentities(
  db: Db,
  tenantId: TenantId,
  contactId: string,
  page: { afterId?: string; skip?: number; limit: number },
) {
  return db
    .select(columns)
    .from(identities)
    .where(
      and(
        eq(identities.tenantId, tenantId),
        eq(identities.contactId, contactId),
        page.afterId ? gt(identities.id, page.afterId) : undefined,
      ),
    )
    .orderBy(asc(identities.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

/** Null where the contact has no such account. */
export async function deleteIdentity(db: Db, tenantId: TenantId, contactId: string, id: string) {
  const rows = await db
    .delete(identities)
    .where(and(eq(identities.tenantId, tenantId), eq(identities.contactId, contactId), eq(identities.id, id)))
    .returning({ addressHash: identities.addressHash });
  return rows[0] ?? null;
}

export async function setIdentityMetadata(
  db: Db,
  tenantId: TenantId,
  id: string,
  metadata: Record<string, unknown>,
): Promise<void> {
  await db
    .update(identities)
    .set({ metadata })
    .where(and(eq(identities.tenantId, tenantId), eq(identities.id, id)));
}
