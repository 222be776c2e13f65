import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { suppressions } from "@/db/schema/consent";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { ConsentSource, SuppressionReason, SuppressionScope } from "@/lib/domain/consent/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewSuppression = {
  id: string;
  addressHash: string;
  channel: Channel | "*";
  reason: SuppressionReason;
  scope: SuppressionScope;
  scopeKey: string;
  source: ConsentSource;
  note: string | null;
  contactId: string | null;
  actorName: string;
  createdAt: Date;
};

/**
 * What stands already stays as it is: its first reason and its first day are the proof. Only where the person says it now
 * and somebody else had noted it before, it is theirs from here on, so nobody takes it back for them. Answers what is new.
 */
export async function insertSuppressions(db: Db, tenantId: TenantId, rows: readonly NewSuppression[]) {
  if (rows.length === 0) return [];
  const once = new Map<string, NewSuppression>();
  for (const row of rows) {
    const key = [row.addressHash, row.channel, row.reason, row.scope, row.scopeKey].join(" ");
    if (!once.has(key) || row.source === "person") once.set(key, row);
  }
  const written = await db
    .insert(suppressions)
    // In one order for everybody: two that note the same addresses at the same moment meet at the first.
    .values([...once].sort(byKey).map(([, row]) => ({ tenantId, ...row, updatedAt: row.createdAt })))
    .onConflictDoUpdate({
      target: [
        ...[suppressions.tenantId, suppressions.addressHash, suppressions.channel],
        ...[suppressions.reason, suppressions.scope, suppressions.scopeKey],
      ],
      targetWhere: isNull(suppressions.liftedAt),
      set: { source: "person", actorName: sql`excluded.actor_name`, updatedAt: sql`excluded.updated_at` },
      setWhere: sql`excluded.source = 'person' and ${suppressions.source} <> 'person'`,
    })
    .returning({ ...getTableColumns(suppressions), isNew: sql<boolean>`xmax = 0` });
  return written.filter(({ isNew }) => isNew);
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

/** Those in force of any of these addresses. */
export async function loadActiveSuppressions(db: Db, tenantId: TenantId, hashes: readonly string[]) {
  if (hashes.length === 0) return [];
  return db
    .select()
    .from(suppressions)
    .where(
      and(
        eq(suppressions.tenantId, tenantId),
        inArray(suppressions.addressHash, [...hashes]),
        isNull(suppressions.liftedAt),
      ),
    );
}

export type SuppressionPage = {
  hashes?: readonly string[];
  reason?: SuppressionReason;
  state?: "active" | "lifted";
  beforeId?: string;
  skip?: number;
  limit: number;
};

/** Newest first; narrowed to addresses by their hashes, for no address stands here. */
export async function listSuppressions(db: Db, tenantId: TenantId, page: SuppressionPage) {
  if (page.hashes?.length === 0) return [];
  return db
    .select()
    .from(suppressions)
    .where(
      and(
        eq(suppressions.tenantId, tenantId),
        page.hashes ? inArray(suppressions.addressHash, [...page.hashes]) : undefined,
        page.reason ? eq(suppressions.reason, page.reason) : undefined,
        page.state === "active" ? isNull(suppressions.liftedAt) : undefined,
        page.state === "lifted" ? isNotNull(suppressions.liftedAt) : undefined,
        page.beforeId ? lt(suppressions.id, page.beforeId) : undefined,
      ),
    )
    .orderBy(desc(suppressions.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findSuppression(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select()
    .from(suppressions)
    .where(and(eq(suppressions.tenantId, tenantId), eq(suppressions.id, id)));
  return rows[0] ?? null;
}

/** Only what is still in force: the first lift stands. */
export async function liftSuppressions(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
  lift: { at: Date; by: string; because: string },
) {
  if (ids.length === 0) return [];
  return db
    .update(suppressions)
    .set({ liftedAt: lift.at, liftedBy: lift.by, liftedBecause: lift.because, updatedAt: lift.at })
    .where(and(eq(suppressions.tenantId, tenantId), inArray(suppressions.id, [...ids]), isNull(suppressions.liftedAt)))
    .returning();
}

/** Of suppressions that an erasure or a merge made nobody's or somebody else's. */
export async function moveSuppressions(db: Db, tenantId: TenantId, from: string, to: string | null) {
  const rows = await db
    .update(suppressions)
    .set({ contactId: to, ...(to === null ? { note: null, liftedBecause: null } : {}) })
    .where(and(eq(suppressions.tenantId, tenantId), eq(suppressions.contactId, from)))
    .returning({ id: suppressions.id });
  return rows.map((row) => row.id);
}

/** What colleagues wrote about an address in their own words may name the person, who is about to be erased. */
export async function forgetWords(db: Db, tenantId: TenantId, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  await db
    .update(suppressions)
    .set({ note: null, liftedBecause: null })
    .where(and(eq(suppressions.tenantId, tenantId), inArray(suppressions.addressHash, [...hashes])));
}

export async function moveSuppressionsBack(db: Db, tenantId: TenantId, ids: readonly string[], to: string) {
  if (ids.length === 0) return;
  await db
    .update(suppressions)
    .set({ contactId: to })
    .where(and(eq(suppressions.tenantId, tenantId), inArray(suppressions.id, [...ids])));
}

/** Of one person: for the time line and the export. */
export async function listSuppressionsOfContact(db: Db, tenantId: TenantId, contactId: string, limit: number) {
  return db
    .select()
    .from(suppressions)
    .where(and(eq(suppressions.tenantId, tenantId), eq(suppressions.contactId, contactId)))
    .orderBy(desc(suppressions.id))
    .limit(limit);
}

/** How many are in force, by reason. */
export async function countSuppressions(db: Db, tenantId: TenantId) {
  return db
    .select({ reason: suppressions.reason, count: sql<number>`count(*)::int` })
    .from(suppressions)
    .where(and(eq(suppressions.tenantId, tenantId), isNull(suppressions.liftedAt)))
    .groupBy(suppressions.reason);
}
