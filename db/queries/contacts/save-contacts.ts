import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ContactFields } from "@/lib/domain/contacts/apply-profile";
import type { AttributeType, Grade, IdentityChannel } from "@/lib/domain/contacts/vocabulary";
import { AppError } from "@/lib/kernel/errors";
import type { TenantId } from "@/lib/kernel/tenant";

/** The fields stand apart from what follows from them: copied together, each of a million rows would cost its copy. */
export type SavedContact = {
  id: string;
  fields: ContactFields;
  emailHash: string | null;
  phoneHash: string | null;
  search: string;
  updatedAt: Date;
};
export type ScoredRow = SavedContact & { score: number; grade: Grade };
export type NewContact = ScoredRow & { importId: string | null };

type Cell = string | number | null;
type Column<Row> = readonly [name: string, type: string, of: (row: Row) => Cell];

const field = (
  key: Exclude<keyof ContactFields, "metadata">,
  name: string,
  type: "text" | "uuid",
): Column<SavedContact> => [name, type, ({ fields }) => fields[key]];

const contactColumns: Column<SavedContact>[] = [
  field("externalId", "external_id", "text"),
  field("name", "name", "text"),
  field("firstName", "first_name", "text"),
  field("lastName", "last_name", "text"),
  field("email", "email", "text"),
  ["email_hash", "uuid", ({ emailHash }) => emailHash],
  field("phone", "phone", "text"),
  ["phone_hash", "uuid", ({ phoneHash }) => phoneHash],
  field("country", "country", "text"),
  field("givenType", "given_type", "text"),
  field("stage", "stage", "text"),
  field("timeZone", "time_zone", "text"),
  field("locale", "locale", "text"),
  field("devicePreference", "device_preference", "text"),
  field("preferredChannel", "preferred_channel", "text"),
  field("companyId", "company_id", "uuid"),
  field("ownerId", "owner_id", "uuid"),
  ["metadata", "jsonb", ({ fields }) => (fields.metadata === null ? null : JSON.stringify(fields.metadata))],
  ["search", "text", ({ search }) => search],
  ["updated_at", "timestamptz", ({ updatedAt }) => updatedAt.toISOString()],
];

const names = sql.raw(contactColumns.map(([name]) => name).join(", "));
const given = sql.raw(contactColumns.map(([name]) => `g.${name}`).join(", "));

const scoreColumns: Column<ScoredRow>[] = [
  ["score", "smallint", ({ score }) => score],
  ["grade", "text", ({ grade }) => grade],
];

/**
 * Many rows as one array a column: however many there are, it is one statement of one shape, and neither side spells the
 * names of the columns again for every row, which an import of a million feels.
 */
function rowsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): SQL {
  const arrays = columns.map(([, type, of]) => sql`${arrayText(rows.map(of))}::${sql.raw(type)}[]`);
  return sql`unnest(${sql.join(arrays, sql`, `)}) as g(${sql.raw(columns.map(([name]) => name).join(", "))})`;
}

/** As PostgreSQL writes an array of texts. The driver's own writer asks of every cell what it is. */
function arrayText(cells: readonly Cell[]): string {
  let text = "{";
  for (const cell of cells) {
    if (text.length > 1) text += ",";
    if (cell === null) text += "NULL";
    else if (typeof cell === "number") text += cell;
    else text += special.test(cell) ? `"${cell.replace(/["\\]/g, "\\$&")}"` : `"${cell}"`;
  }
  return `${text}}`;
}

const special = /["\\]/;

/**
 * Answers the ids that were really taken in: a row whose external id somebody else has just taken is left out. Callers
 * bring them in the order of that id (`inOrder`), so two that bring the same ones meet at the first.
 */
export async function insertContacts(db: Db, tenantId: TenantId, rows: readonly NewContact[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const done = await db.execute(sql`
    insert into contacts (tenant_uuid, id, score, grade, import_id, created_at, ${names})
    select ${tenantId}, g.id, g.score, g.grade, g.import_id, g.updated_at, ${given}
    from ${rowsOf<NewContact>(rows, [
      ["id", "uuid", ({ id }) => id],
      ...scoreColumns,
      ["import_id", "uuid", ({ importId }) => importId],
      ...contactColumns,
    ])}
    on conflict do nothing`);
  if (done.count === rows.length) return rows.map(({ id }) => id);
  const ids = sql.param(rows.map(({ id }) => id));
  const there = await db.execute<{ id: string }>(sql`
    select id from contacts where tenant_uuid = ${tenantId} and id = any(${ids}::uuid[])`);
  return there.map(({ id }) => id);
}

type Placed = { id: string; fields: Pick<ContactFields, "externalId"> };

export const inOrder = (a: Placed, b: Placed) =>
  compare(a.fields.externalId ?? "", b.fields.externalId ?? "") || compare(a.id, b.id);

/** Whole rows: whoever calls holds their locks since before it read them. */
export async function updateContacts(db: Db, tenantId: TenantId, rows: readonly SavedContact[]): Promise<void> {
  await update(db, tenantId, rows, contactColumns);
}

/** With their scores: a row that is written twice costs every index twice. */
export async function updateScored(db: Db, tenantId: TenantId, rows: readonly ScoredRow[]): Promise<void> {
  await update(db, tenantId, rows, [...contactColumns, ...scoreColumns]);
}

async function update<Row extends SavedContact>(
  db: Db,
  tenantId: TenantId,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): Promise<void> {
  if (rows.length === 0) return;
  const assigned = sql.raw(columns.map(([name]) => `${name} = g.${name}`).join(", "));
  try {
    await db.execute(sql`
      update contacts c set ${assigned} from ${rowsOf<Row>(rows, [["id", "uuid", ({ id }) => id], ...columns])}
      where c.tenant_uuid = ${tenantId} and c.id = g.id`);
  } catch (error) {
    // Looked up before, and free then: whoever took it meanwhile is found by the next try.
    if (!isTaken(error)) throw error;
    throw new AppError("conflict", "Somebody else has just taken one of these external ids. Try again.", {
      reason: "external_id_taken",
      retryAfterSeconds: 1,
    });
  }
}

function isTaken(error: unknown): boolean {
  for (let at: unknown = error; typeof at === "object" && at !== null; at = (at as { cause?: unknown }).cause)
    if ((at as { code?: unknown }).code === "23505") return true;
  return false;
}

type TagPair = { contactId: string; tagId: string };

/** What belongs to people who came a moment ago, in this transaction, can meet nothing that is there: that is not asked. */
export type Whose = "new" | "known";

export async function insertContactTags(
  db: Db,
  tenantId: TenantId,
  pairs: readonly TagPair[],
  at: Date,
  whose: Whose = "known",
) {
  if (pairs.length === 0) return;
  await db.execute(sql`
    insert into contact_tags (tenant_uuid, contact_id, tag_id, created_at)
    select ${tenantId}, g.contact, g.tag, ${at.toISOString()}::timestamptz from ${pairsOf(pairs)}
    ${whose === "new" ? sql`` : sql`on conflict do nothing`}`);
}

export async function deleteContactTags(db: Db, tenantId: TenantId, pairs: readonly TagPair[]) {
  if (pairs.length === 0) return;
  await db.execute(sql`
    delete from contact_tags t using ${pairsOf(pairs)}
    where t.tenant_uuid = ${tenantId} and t.contact_id = g.contact and t.tag_id = g.tag`);
}

function pairsOf(pairs: readonly TagPair[]): SQL {
  const contacts = sql.param(pairs.map(({ contactId }) => contactId));
  const tags = sql.param(pairs.map(({ tagId }) => tagId));
  return sql`unnest(${contacts}::uuid[], ${tags}::uuid[]) as g(contact, tag)`;
}

export type SavedValue = {
  contactId: string;
  attributeId: string;
  type: AttributeType;
  value: string | number | boolean | null;
};

export async function saveAttributeValues(
  db: Db,
  tenantId: TenantId,
  rows: readonly SavedValue[],
  whose: Whose = "known",
): Promise<void> {
  const kept = rows.filter(({ value }) => value !== null);
  const gone = rows.filter(({ value }) => value === null);
  if (gone.length > 0) {
    await db.execute(sql`
      delete from attribute_values v using ${pairsOf(gone.map((row) => ({ contactId: row.contactId, tagId: row.attributeId })))}
      where v.tenant_uuid = ${tenantId} and v.contact_id = g.contact and v.attribute_id = g.tag`);
  }
  if (kept.length === 0) return;
  await db.execute(sql`
    insert into attribute_values (tenant_uuid, contact_id, attribute_id, text_value, number_value, date_value)
    select ${tenantId}, g.c, g.a, g.t, g.n, g.d from ${rowsOf<SavedValue>(kept, [
      ["c", "uuid", ({ contactId }) => contactId],
      ["a", "uuid", ({ attributeId }) => attributeId],
      ["t", "text", ({ type, value }) => (type === "text" || type === "boolean" ? String(value) : null)],
      ["n", "double precision", ({ type, value }) => (type === "number" ? Number(value) : null)],
      ["d", "date", ({ type, value }) => (type === "date" ? String(value) : null)],
    ])}
    ${
      whose === "new"
        ? sql``
        : sql`on conflict (tenant_uuid, contact_id, attribute_id) do update
      set text_value = excluded.text_value, number_value = excluded.number_value, date_value = excluded.date_value`
    }`);
}

export type NewIdentity = {
  id: string;
  contactId: string;
  channel: IdentityChannel;
  externalId: string;
  handle: string | null;
  addressHash: string;
};

/** Answers how many were taken in: an account belongs to one person, and another may have been first. */
export async function insertIdentities(
  db: Db,
  tenantId: TenantId,
  rows: readonly NewIdentity[],
  at: Date,
): Promise<number> {
  if (rows.length === 0) return 0;
  const sorted = [...rows].sort((a, b) => compare(a.channel, b.channel) || compare(a.externalId, b.externalId));
  const moment = sql`${at.toISOString()}::timestamptz`;
  const done = await db.execute(sql`
    insert into identities (tenant_uuid, id, contact_id, channel, external_id, handle, address_hash, created_at, updated_at)
    select ${tenantId}, g.id, g.contact, g.channel, g.account, g.handle, g.hash, ${moment}, ${moment}
    from ${rowsOf<NewIdentity>(sorted, [
      ["id", "uuid", ({ id }) => id],
      ["contact", "uuid", ({ contactId }) => contactId],
      ["channel", "text", ({ channel }) => channel],
      ["account", "text", ({ externalId }) => externalId],
      ["handle", "text", ({ handle }) => handle],
      ["hash", "uuid", ({ addressHash }) => addressHash],
    ])}
    on conflict do nothing`);
  return done.count;
}

export type LeftAddress = { contactId: string; addressHash: string };

/** Addresses that a contact had until now. */
export async function keepFormerAddresses(db: Db, tenantId: TenantId, rows: readonly LeftAddress[], at: Date) {
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into former_addresses (tenant_uuid, contact_id, address_hash, created_at)
    select ${tenantId}, g.contact, g.hash, ${at.toISOString()}::timestamptz
    from ${rowsOf<LeftAddress>(rows, [
      ["contact", "uuid", ({ contactId }) => contactId],
      ["hash", "uuid", ({ addressHash }) => addressHash],
    ])}
    on conflict do nothing`);
}

export async function deleteFormerAddresses(db: Db, tenantId: TenantId, contactId: string, hashes: readonly string[]) {
  if (hashes.length === 0) return;
  await db.execute(sql`
    delete from former_addresses where tenant_uuid = ${tenantId} and contact_id = ${contactId}
      and address_hash = any(${sql.param([...hashes])}::uuid[])`);
}

export type RememberedChange = { contactId: string; before: object; after: object };

/**
 * What contacts were before a change. Where one change touches a contact twice, the first before and the last after count.
 */
export async function rememberChanges(
  db: Db,
  tenantId: TenantId,
  changeId: string,
  rows: readonly RememberedChange[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into change_rows as r (tenant_uuid, change_id, contact_id, before, created_at)
    select ${tenantId}, ${changeId}, g.contact, jsonb_build_object('before', g.before, 'after', g.after),
      ${at.toISOString()}::timestamptz
    from ${rowsOf<RememberedChange>(rows, [
      ["contact", "uuid", ({ contactId }) => contactId],
      ["before", "jsonb", ({ before }) => JSON.stringify(before)],
      ["after", "jsonb", ({ after }) => JSON.stringify(after)],
    ])}
    on conflict (tenant_uuid, change_id, contact_id) do update set before = jsonb_build_object(
      'before', (excluded.before -> 'before') || (r.before -> 'before'),
      'after', (r.before -> 'after') || (excluded.before -> 'after'))`);
}

/** In the order in which the database sorts bytes, not as a language would. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
