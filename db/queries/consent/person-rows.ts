import { and, desc, eq, inArray, or, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { suppressions } from "@/db/schema/consent";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import type { ConsentSource, ConsentState, SuppressionReason } from "@/lib/domain/consent/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";
import { type TimelinePage, timelinePage, toMs } from "../contacts/timeline-page";

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
export async function listConsentEvents(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'consent_' || c.id as id, ${toMs(sql`c.at`)} as at, c.state, c.channel, c.purpose, c.source,
      c.source_detail, c.actor_name, t.name as topic
    from consents c left join topics t on t.tenant_uuid = c.tenant_uuid and t.id = c.topic_id
    where c.tenant_uuid = ${tenantId} and c.contact_id = ${contactId}`;
  return timelinePage<ConsentEvent>(db, inner, page);
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
export async function listSuppressionEvents(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'suppression_' || id as id, ${toMs(sql`created_at`)} as at, reason, channel, source, actor_name,
      note, lifted_by, lifted_because
    from suppressions where tenant_uuid = ${tenantId} and contact_id = ${contactId}`;
  return timelinePage<SuppressionEvent>(db, inner, page);
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
