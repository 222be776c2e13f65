import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys, organisations, people, platformKeys, workspaces } from "@/db/schema/access";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewApiKey = {
  id: string;
  name: string;
  prefix: string;
  secretHash: string;
  scopes: string[];
  createdBy: string | null;
  expiresAt: Date | null;
  createdAt: Date;
  lastUsedAt?: Date | null;
  metadata?: Record<string, unknown>;
};

const columns = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  createdBy: apiKeys.createdBy,
  createdByName: people.name,
  lastUsedAt: apiKeys.lastUsedAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
  metadata: apiKeys.metadata,
  createdAt: apiKeys.createdAt,
  updatedAt: apiKeys.updatedAt,
};

export async function insertApiKey(db: Db, tenantId: TenantId, key: NewApiKey) {
  await db.insert(apiKeys).values({ tenantId, ...key, updatedAt: key.createdAt });
}

/** Newest first. */
export async function listApiKeys(
  db: Db,
  tenantId: TenantId,
  page: { beforeId?: string; skip?: number; limit: number },
) {
  return db
    .select(columns)
    .from(apiKeys)
    .leftJoin(people, eq(people.id, apiKeys.createdBy))
    .where(and(eq(apiKeys.tenantId, tenantId), page.beforeId ? lt(apiKeys.id, page.beforeId) : undefined))
    .orderBy(desc(apiKeys.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findApiKey(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select(columns)
    .from(apiKeys)
    .leftJoin(people, eq(people.id, apiKeys.createdBy))
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id)));
  return rows[0] ?? null;
}

/** Null where it was revoked before: the moment of the first revocation stands. */
export async function revokeApiKey(db: Db, tenantId: TenantId, id: string, now: Date) {
  const rows = await db
    .update(apiKeys)
    .set({ revokedAt: now, updatedAt: now })
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return rows[0] ?? null;
}

/** For the gate: the key with this visible prefix, and what its workspace allows browsers to do. */
export async function findKeyByPrefix(db: Db, prefix: string) {
  const rows = await db
    .select({
      tenantId: apiKeys.tenantId,
      id: apiKeys.id,
      name: apiKeys.name,
      secretHash: apiKeys.secretHash,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      allowedOrigins: workspaces.allowedOrigins,
    })
    .from(apiKeys)
    .innerJoin(workspaces, eq(workspaces.tenantId, apiKeys.tenantId))
    .where(eq(apiKeys.prefix, prefix));
  return rows[0] ?? null;
}

/** At most once a minute: a busy key must not rewrite its row with every request. */
export async function noteKeyUse(db: Db, tenantId: string, id: string, now: Date) {
  const minuteAgo = new Date(now.getTime() - 60_000);
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(apiKeys.tenantId, tenantId),
        eq(apiKeys.id, id),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, minuteAgo)),
      ),
    );
}

export async function findPlatformKeyByPrefix(db: Db, prefix: string) {
  const rows = await db
    .select({
      id: platformKeys.id,
      name: platformKeys.name,
      organisationId: platformKeys.organisationId,
      organisationName: organisations.name,
      secretHash: platformKeys.secretHash,
      scopes: platformKeys.scopes,
      lastUsedAt: platformKeys.lastUsedAt,
      expiresAt: platformKeys.expiresAt,
      revokedAt: platformKeys.revokedAt,
    })
    .from(platformKeys)
    .innerJoin(organisations, eq(organisations.id, platformKeys.organisationId))
    .where(eq(platformKeys.prefix, prefix));
  return rows[0] ?? null;
}

export async function insertPlatformKey(
  db: Db,
  key: { id: string; organisationId: string; name: string; prefix: string; secretHash: string; scopes: string[] },
) {
  await db.insert(platformKeys).values(key);
}

export async function notePlatformKeyUse(db: Db, id: string, now: Date) {
  await db
    .update(platformKeys)
    .set({ lastUsedAt: now, updatedAt: sql`now()` })
    .where(
      and(
        eq(platformKeys.id, id),
        or(isNull(platformKeys.lastUsedAt), lt(platformKeys.lastUsedAt, new Date(now.getTime() - 60_000))),
      ),
    );
}

/** The moment of the first revocation stands. */
export async function revokePlatformKey(db: Db, prefix: string, now: Date) {
  const rows = await db
    .update(platformKeys)
    .set({ revokedAt: sql`coalesce(${platformKeys.revokedAt}, ${now.toISOString()}::timestamptz)`, updatedAt: now })
    .where(eq(platformKeys.prefix, prefix))
    .returning({ name: platformKeys.name });
  return rows[0] ?? null;
}
