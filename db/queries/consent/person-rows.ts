import { and, desc, eq, inArray, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { suppressions } from "@/db/schema/consent";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import type { ConsentSource, ConsentState, SuppressionReason } from "@/lib/domain/consent/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type LinePlace = { before: Date | null; beforeId: string | null; limit: number };

/** A moment is compared in milliseconds and an id by its bytes, as the other sources of the time line do. */
async function pageOf<Row extends object>(
  db: Db,
  inner: SQL,
  page: LinePlace,
): Promise<(Row & { id: string; at: Date })[]> {
  const place = page.before
    ? sql`where (i.at, i.id collate "C") < (${page.before.toISOString()}::timestamptz, ${page.beforeId ?? ""})`
    : sql``;
  const rows = await db.execute(sql`
    select i.* from (${inner}) i ${place} order by i.at desc, i.id collate "C" desc limit ${page.limit}`);
  return rows.map((row) => ({ ...(row as Row & { id: string }), at: new Date(String(row.at)) }));
}

export type ConsentEvent = {
  state: ConsentState;
  channel: Channel;
  purpose: Purpose;
  source: ConsentSource;
  source_detail: string | null;
  actor_name: string;
  topic: string | null;
};

/** Lines of the ledger for the time line, newest first. */
export async function listConsentEvents(db: Db, tenantId: TenantId, contactId: string, page: LinePlace) {
  const inner = sql`
    select 'consent_' || c.id as id, date_trunc('milliseconds', c.at) as at, c.state, c.channel, c.purpose, c.source,
      c.source_detail, c.actor_name, t.name as topic
    from consents c left join topics t on t.tenant_uuid = c.tenant_uuid and t.id = c.topic_id
    where c.tenant_uuid = ${tenantId} and c.contact_id = ${contactId}`;
  return pageOf<ConsentEvent>(db, inner, page);
}

export type SuppressionEvent = {
  reason: SuppressionReason;
  channel: Channel | "*";
  source: ConsentSource;
  actor_name: string;
  note: string | null;
  lifted_by: string | null;
  lifted_because: string | null;
};

/** What was put on the list for this person. */
export async function listSuppressionEvents(db: Db, tenantId: TenantId, contactId: string, page: LinePlace) {
  const inner = sql`
    select 'suppression_' || id as id, date_trunc('milliseconds', created_at) as at, reason, channel, source, actor_name,
      note, lifted_by, lifted_because
    from suppressions where tenant_uuid = ${tenantId} and contact_id = ${contactId}`;
  return pageOf<SuppressionEvent>(db, inner, page);
}

/**
 * What the person reads of the list in their export: everything but the hash. An address may be shared, and what was written
 * in free words about somebody else at it is not theirs to read.
 */
export async function exportSuppressions(db: Db, tenantId: TenantId, contactId: string, hashes: readonly string[]) {
  const own = (words: SQLWrapper) =>
    sql<string | null>`case when ${suppressions.contactId} = ${contactId} then ${words} end`;
  const named = hashes.length > 0 ? inArray(suppressions.addressHash, [...hashes]) : sql`false`;
  return db
    .select({
      channel: suppressions.channel,
      reason: suppressions.reason,
      scope: suppressions.scope,
      source: suppressions.source,
      note: own(suppressions.note),
      liftedAt: suppressions.liftedAt,
      liftedBecause: own(suppressions.liftedBecause),
      createdAt: suppressions.createdAt,
    })
    .from(suppressions)
    .where(and(eq(suppressions.tenantId, tenantId), or(eq(suppressions.contactId, contactId), named)))
    .orderBy(desc(suppressions.id))
    .limit(10_000);
}
