import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { changeRows, contacts, identities } from "@/db/schema/contacts";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import { type ConsentBasis, type ConsentSource, type ConsentState, noTopic } from "@/lib/domain/consent/vocabulary";
import { toWireId } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`;

/** Contacts that the import changed, with what it changed in them. */
export async function listImportChanges(db: Db, tenantId: TenantId, importId: string, limit: number) {
  return db
    .select({ contactId: changeRows.contactId, memory: changeRows.before })
    .from(changeRows)
    .where(and(eq(changeRows.tenantId, tenantId), eq(changeRows.changeId, importId)))
    .orderBy(asc(changeRows.contactId))
    .limit(limit);
}

/** What has been given back is forgotten in the same transaction, so nothing is given back twice. */
export async function deleteImportChanges(db: Db, tenantId: TenantId, importId: string, ids: readonly string[]) {
  await db
    .delete(changeRows)
    .where(
      and(
        eq(changeRows.tenantId, tenantId),
        eq(changeRows.changeId, importId),
        sql`${changeRows.contactId} = any(${uuids(ids)})`,
      ),
    );
}

/** Contacts that the import made, locked in the order of their ids. */
export async function lockImported(
  db: Db,
  tenantId: TenantId,
  importId: string,
  afterId: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(
      and(
        eq(contacts.tenantId, tenantId),
        eq(contacts.importId, importId),
        afterId ? gt(contacts.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(contacts.id))
    .limit(limit)
    .for("update");
  return rows.map(({ id }) => id);
}

/** Which of these nobody has touched since the import made them: no change, and nothing that somebody added. */
export async function findUntouched(
  db: Db,
  tenantId: TenantId,
  importId: string,
  ids: readonly string[],
  /** The list that the import itself put them on. */
  listId: string | null,
): Promise<string[]> {
  const without = (table: SQL, also: SQL = sql``) =>
    sql`not exists (select 1 from ${table} x where x.tenant_uuid = c.tenant_uuid and x.contact_id = c.id ${also})`;
  const rows = await db.execute<{ id: string }>(sql`
    select c.id from contacts c
    where c.tenant_uuid = ${tenantId} and c.id = any(${uuids(ids)}) and c.updated_at = c.created_at
      and ${without(sql`notes`, sql`and x.metadata ->> 'import' is distinct from ${importId}`)}
      and ${without(sql`tasks`)}
      and ${without(sql`engagements`)}
      and ${without(sql`merges`)}
      and ${without(sql`change_rows`, sql`and x.change_id <> ${importId}`)}
      and ${without(sql`data_requests`)}
      and ${without(
        sql`segment_members`,
        sql`and x.left_at is null and x.segment_id is distinct from ${listId}::uuid
          and x.segment_id in (select id from segments where tenant_uuid = ${tenantId} and kind = 'list')`,
      )}
      and ${without(
        sql`consents`,
        // What another file said of them is somebody's word too, and outlives the memory of what that file changed.
        sql`and (x.source <> 'import' or position(${toWireId("import", importId)}::text in coalesce(x.source_detail, '')) = 0)`,
      )}
    order by c.id`);
  return rows.map(({ id }) => id);
}

export async function deleteAccounts(
  db: Db,
  tenantId: TenantId,
  accounts: readonly { contactId: string; channel: string; externalId: string }[],
): Promise<void> {
  if (accounts.length === 0) return;
  await db.execute(sql`
    delete from ${identities} i
    using json_to_recordset(${JSON.stringify(accounts)}::json) as g("contactId" uuid, channel text, "externalId" text)
    where i.tenant_uuid = ${tenantId} and i.contact_id = g."contactId" and i.channel = g.channel
      and i.external_id = g."externalId"`);
}

export type StandingConsent = {
  contactId: string;
  channel: Channel;
  lineId: string;
  state: ConsentState;
  source: ConsentSource;
  basis: ConsentBasis | null;
  expiresAt: string | null;
};

/** The line of the ledger that counts now, by contact and channel, for marketing as a whole. */
export async function loadStandingConsents(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<StandingConsent[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<StandingConsent>(sql`
    select s.contact_id as "contactId", s.channel, s.line_id as "lineId", s.state, s.source, l.basis,
      s.expires_at as "expiresAt"
    from consent_states s join consents l on l.tenant_uuid = s.tenant_uuid and l.id = s.line_id
    where s.tenant_uuid = ${tenantId} and s.contact_id = any(${uuids(ids)}) and s.purpose = 'marketing'
      and s.topic_id = ${noTopic}`);
  return [...rows];
}

/** Which of these the import made. */
export async function findImported(
  db: Db,
  tenantId: TenantId,
  importId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(
      and(eq(contacts.tenantId, tenantId), eq(contacts.importId, importId), sql`${contacts.id} = any(${uuids(ids)})`),
    );
  return rows.map(({ id }) => id);
}

/** Which of these are on the list now. */
export async function listMemberships(
  db: Db,
  tenantId: TenantId,
  segmentId: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db.execute<{ contact_id: string }>(sql`
    select contact_id from segment_members
    where tenant_uuid = ${tenantId} and segment_id = ${segmentId} and contact_id = any(${uuids(ids)}) and left_at is null`);
  return rows.map(({ contact_id }) => contact_id);
}

export async function loadCompanyNames(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: string; name: string }>(
    sql`select id, name from companies where tenant_uuid = ${tenantId} and id = any(${uuids(ids)})`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
