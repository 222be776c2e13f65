import { and, asc, desc, eq, getTableColumns, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { consentStates, consents, topics } from "@/db/schema/consent";
import { contacts } from "@/db/schema/contacts";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import type { ConsentBasis, ConsentSource, ConsentState } from "@/lib/domain/consent/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewConsentLine = {
  id: string;
  contactId: string;
  channel: Channel;
  purpose: Purpose;
  topicId: string;
  state: ConsentState;
  basis: ConsentBasis | null;
  source: ConsentSource;
  sourceDetail: string | null;
  textVersion: string | null;
  ip: string | null;
  expiresAt: Date | null;
  corrects: string | null;
  actorName: string;
  at: Date;
};

/**
 * Whoever writes about a person's consent holds their row first, in the order of ids: of a yes and a no that arrive
 * together the second sees what the first wrote. Answers those that exist.
 */
export async function lockContacts(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), inArray(contacts.id, [...ids])))
    .orderBy(asc(contacts.id))
    .for("no key update");
  return new Set(rows.map((row) => row.id));
}

export async function loadConsentStates(db: Db, tenantId: TenantId, contactIds: readonly string[]) {
  if (contactIds.length === 0) return [];
  return db
    .select({ ...getTableColumns(consentStates), basis: consents.basis })
    .from(consentStates)
    .innerJoin(consents, and(eq(consents.tenantId, consentStates.tenantId), eq(consents.id, consentStates.lineId)))
    .where(and(eq(consentStates.tenantId, tenantId), inArray(consentStates.contactId, [...contactIds])));
}

/** Others who are reached at an e-mail address or a number of these people. */
export async function listSharers(db: Db, tenantId: TenantId, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const ids = sql`any(${sql.param([...contactIds])}::uuid[])`;
  const rows = await db.execute<{ id: string }>(sql`
    select distinct o.id from contacts c, lateral (
      select id from contacts where tenant_uuid = ${tenantId} and email = c.email
      union all select id from contacts where tenant_uuid = ${tenantId} and phone = c.phone) o
    where c.tenant_uuid = ${tenantId} and c.id = ${ids} and o.id <> all(${sql.param([...contactIds])}::uuid[])`);
  return rows.map(({ id }) => id);
}

/** In one statement, in the order given: the numbers that the database deals are the order of what was said. */
export async function insertConsentLines(db: Db, tenantId: TenantId, lines: readonly NewConsentLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((line, place) => ({ ...line, place }));
  await db.execute(sql`
    insert into consents (tenant_uuid, id, contact_id, channel, purpose, topic_id, state, basis, source, source_detail,
      text_version, ip, expires_at, corrects, actor_name, at)
    select ${tenantId}::uuid, l.id, l."contactId", l.channel, l.purpose, l."topicId", l.state, l.basis, l.source,
      l."sourceDetail", l."textVersion", l.ip, l."expiresAt", l.corrects, l."actorName", l.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(id uuid, "contactId" uuid, channel text, purpose text,
      "topicId" uuid, state text, basis text, source text, "sourceDetail" text, "textVersion" text, ip text,
      "expiresAt" timestamptz, corrects uuid, "actorName" text, at timestamptz, place integer)
    order by l.place`);
}

export type ConsentStateRow = {
  contactId: string;
  channel: Channel;
  purpose: Purpose;
  topicId: string;
  state: ConsentState;
  lineId: string;
  source: ConsentSource;
  at: Date;
  expiresAt: Date | null;
};

/** Writes the cache of the ledger: one row for each contact, channel, purpose and topic. */
export async function saveConsentStates(db: Db, tenantId: TenantId, rows: readonly ConsentStateRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into consent_states (tenant_uuid, contact_id, channel, purpose, topic_id, state, line_id, source, at, expires_at)
    select ${tenantId}::uuid, l."contactId", l.channel, l.purpose, l."topicId", l.state, l."lineId", l.source, l.at,
      l."expiresAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l("contactId" uuid, channel text, purpose text,
      "topicId" uuid, state text, "lineId" uuid, source text, at timestamptz, "expiresAt" timestamptz)
    on conflict (tenant_uuid, contact_id, channel, purpose, topic_id) do update set state = excluded.state,
      line_id = excluded.line_id, source = excluded.source, at = excluded.at, expires_at = excluded.expires_at`);
}

export async function deleteConsentStates(db: Db, tenantId: TenantId, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await db
    .delete(consentStates)
    .where(and(eq(consentStates.tenantId, tenantId), inArray(consentStates.contactId, [...contactIds])));
}

/** The whole ledger of a few people, oldest first. */
export async function loadLedger(db: Db, tenantId: TenantId, contactIds: readonly string[]) {
  if (contactIds.length === 0) return [];
  return db
    .select()
    .from(consents)
    .where(and(eq(consents.tenantId, tenantId), inArray(consents.contactId, [...contactIds])))
    .orderBy(asc(consents.seq));
}

/** Newest first, with the topic's name. */
export async function listConsentLines(
  db: Db,
  tenantId: TenantId,
  contactId: string,
  page: { beforeSeq?: number; skip?: number; limit: number },
) {
  return db
    .select({
      id: consents.id,
      seq: consents.seq,
      channel: consents.channel,
      purpose: consents.purpose,
      topicId: consents.topicId,
      topicName: topics.name,
      state: consents.state,
      basis: consents.basis,
      source: consents.source,
      sourceDetail: consents.sourceDetail,
      textVersion: consents.textVersion,
      ip: consents.ip,
      expiresAt: consents.expiresAt,
      actorName: consents.actorName,
      at: consents.at,
    })
    .from(consents)
    .leftJoin(topics, and(eq(topics.tenantId, consents.tenantId), eq(topics.id, consents.topicId)))
    .where(
      and(
        eq(consents.tenantId, tenantId),
        eq(consents.contactId, contactId),
        page.beforeSeq === undefined ? undefined : lt(consents.seq, page.beforeSeq),
      ),
    )
    .orderBy(desc(consents.seq))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findConsentLine(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select()
    .from(consents)
    .where(and(eq(consents.tenantId, tenantId), eq(consents.id, id)));
  return rows[0] ?? null;
}

/** Two contacts become one: their lines stand in one ledger. Answers which moved, so that they can go back. */
export async function moveConsentLines(db: Db, tenantId: TenantId, from: string, to: string): Promise<string[]> {
  const rows = await db
    .update(consents)
    .set({ contactId: to })
    .where(and(eq(consents.tenantId, tenantId), eq(consents.contactId, from)))
    .returning({ id: consents.id });
  return rows.map((row) => row.id);
}

export async function moveConsentLinesBack(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
  to: string,
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(consents)
    .set({ contactId: to })
    .where(and(eq(consents.tenantId, tenantId), inArray(consents.id, [...ids])));
}

/** An erasure takes the ledger of a person away; the database lets nobody else do that. */
export async function eraseConsentLines(db: Db, contactId: string): Promise<number> {
  const rows = await db.execute<{ removed: number }>(sql`select erase_consents(${contactId}::uuid) as removed`);
  return Number(rows[0]?.removed ?? 0);
}
