import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type { ListPlace } from "@/lib/domain/contacts/contact-list";
import type { ContactFilter, ContactSort } from "@/lib/domain/contacts/shapes";
import type { CustomerType, Device, Grade, IdentityChannel, Stage } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

/** What a filter means in the table's own terms: the words of a search as patterns, a tag by its key. */
export type ContactConditions = Omit<ContactFilter, "search" | "tag"> & {
  patterns?: readonly string[];
  tagKey?: string;
  /** Where it is looked up already: by the id itself the planner knows how common the tag is. */
  tagId?: string;
  externalId?: string;
  email?: string;
  phone?: string;
};

/** So many hits of a search are looked at. Nobody reads further; another letter narrows it. */
export const mostHits = 2_000;

export type ListedContact = {
  id: string;
  externalId: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  customerType: CustomerType;
  stage: Stage;
  score: number;
  grade: Grade;
  tags: string[];
  company: string | null;
  ownerId: string | null;
  ownerName: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** What narrows the list, as conditions on `contacts c`. The bulk changes and exports of a filter read the same. */
export function contactConditions(tenantId: TenantId, filter: ContactConditions): SQL {
  const wanted: SQL[] = [sql`c.tenant_uuid = ${tenantId}`];
  const is = (column: SQL, value: string | undefined) => {
    if (value !== undefined) wanted.push(sql`${column} = ${value}`);
  };
  if (filter.patterns)
    wanted.push(
      sql`c.id = any(array(select search_contacts(${sql.param([...filter.patterns])}::text[], ${mostHits})))`,
    );
  is(sql`c.stage`, filter.stage);
  is(sql`c.customer_type`, filter.customerType);
  is(sql`c.grade`, filter.grade);
  is(sql`c.owner_id`, filter.owner);
  is(sql`c.company_id`, filter.company);
  is(sql`c.import_id`, filter.import);
  is(sql`c.external_id`, filter.externalId);
  is(sql`c.email`, filter.email);
  is(sql`c.phone`, filter.phone);
  if (filter.tagKey !== undefined) {
    const tag = sql`(select id from tags where tenant_uuid = ${tenantId} and name_key = ${filter.tagKey})`;
    wanted.push(sql`exists (select from contact_tags t
      where t.tenant_uuid = ${tenantId} and t.tag_id = ${filter.tagId ?? tag} and t.contact_id = c.id)`);
  }
  if (filter.segment !== undefined)
    wanted.push(sql`exists (select from segment_members s where s.tenant_uuid = ${tenantId}
      and s.segment_id = ${filter.segment} and s.contact_id = c.id and s.left_at is null)`);
  return sql.join(wanted, sql` and `);
}

const orders: Record<ContactSort, SQL> = {
  newest: sql`c.id desc`,
  oldest: sql`c.id asc`,
  name: sql`c.name asc, c.id asc`,
  score: sql`c.score desc, c.id desc`,
};

function after(sort: ContactSort, place: ListPlace | null): SQL {
  if (!place) return sql``;
  const { id, value } = place;
  if (sort === "newest") return sql`and c.id < ${id}::uuid`;
  if (sort === "oldest") return sql`and c.id > ${id}::uuid`;
  if (sort === "name") return sql`and (c.name, c.id) > (${value}::text, ${id}::uuid)`;
  return sql`and (c.score, c.id) < (${value}::smallint, ${id}::uuid)`;
}

/** The page is found first and dressed then: names of companies, owners and tags are looked up for its rows only. */
export async function listContacts(
  db: Db,
  tenantId: TenantId,
  filter: ContactConditions,
  page: { sort: ContactSort; place: ListPlace | null; skip?: number; limit: number },
): Promise<ListedContact[]> {
  const rows = await db.execute<Dated<ListedContact>>(sql`
    with page as materialized (
      select c.id, c.external_id, c.name, c.email, c.phone, c.customer_type, c.stage, c.score, c.grade, c.company_id,
        c.owner_id, c.created_at, c.updated_at
      from contacts c where ${contactConditions(tenantId, filter)} ${after(page.sort, page.place)}
      order by ${orders[page.sort]} limit ${page.limit} offset ${page.skip ?? 0}
    )
    select c.id, c.external_id as "externalId", c.name, c.email, c.phone, c.customer_type as "customerType", c.stage,
      c.score, c.grade, ${tagsOf(tenantId)} as tags,
      (select name from companies o where o.tenant_uuid = ${tenantId} and o.id = c.company_id) as company,
      c.owner_id as "ownerId", (select name from people p where p.id = c.owner_id) as "ownerName",
      c.created_at as "createdAt", c.updated_at as "updatedAt"
    from page c order by ${orders[page.sort]}`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) }));
}

type Dated<Row> = {
  [Name in keyof Row]: Row[Name] extends Date ? string : Row[Name] extends Date | null ? string | null : Row[Name];
};

const tagsOf = (tenantId: TenantId) => sql`coalesce((select array_agg(g.name order by g.name_key)
  from contact_tags t join tags g on g.tenant_uuid = ${tenantId} and g.id = t.tag_id
  where t.tenant_uuid = ${tenantId} and t.contact_id = c.id), '{}')`;

export type WholeContact = ListedContact & {
  firstName: string | null;
  lastName: string | null;
  country: string | null;
  givenType: CustomerType | null;
  timeZone: string | null;
  visitZone: string | null;
  locale: string | null;
  devicePreference: Device | null;
  preferredChannel: Channel | null;
  companyId: string | null;
  firstPurchaseAt: Date | null;
  lastPurchaseAt: Date | null;
  firstVisitAt: Date | null;
  lastVisitAt: Date | null;
  lastReplyAt: Date | null;
  importId: string | null;
  metadata: Record<string, unknown> | null;
  /** By key, in the type that was declared. */
  attributes: Record<string, string | number | boolean>;
  identities: { channel: IdentityChannel; externalId: string }[];
};

/**
 * The next whole contacts of a filter, by id: what a file of all of them is written from. A walk by id misses nobody who
 * was there when it began, whatever changes meanwhile.
 */
export async function listContactsAfter(
  db: Db,
  tenantId: TenantId,
  filter: ContactConditions,
  afterId: string | null,
  limit: number,
): Promise<WholeContact[]> {
  const from = afterId ? sql`and c.id > ${afterId}::uuid` : sql``;
  return loadWhole(
    db,
    tenantId,
    sql`select c.* from contacts c where ${contactConditions(tenantId, filter)} ${from} order by c.id limit ${limit}`,
  );
}

export async function findWholeContact(db: Db, tenantId: TenantId, id: string): Promise<WholeContact | null> {
  const rows = await loadWhole(
    db,
    tenantId,
    sql`select c.* from contacts c where c.tenant_uuid = ${tenantId} and c.id = ${id}`,
  );
  return rows[0] ?? null;
}

const moments = ["firstPurchaseAt", "lastPurchaseAt", "firstVisitAt", "lastVisitAt", "lastReplyAt"] as const;

async function loadWhole(db: Db, tenantId: TenantId, page: SQL): Promise<WholeContact[]> {
  const rows = await db.execute<Dated<WholeContact>>(sql`
    with page as materialized (${page})
    select c.id, c.external_id as "externalId", c.name, c.first_name as "firstName", c.last_name as "lastName", c.email,
      c.phone, c.country, c.given_type as "givenType", c.customer_type as "customerType", c.stage, c.score, c.grade,
      c.time_zone as "timeZone", c.visit_zone as "visitZone", c.locale, c.device_preference as "devicePreference",
      c.preferred_channel as "preferredChannel", c.company_id as "companyId", c.owner_id as "ownerId",
      c.first_purchase_at as "firstPurchaseAt", c.last_purchase_at as "lastPurchaseAt",
      c.first_visit_at as "firstVisitAt", c.last_visit_at as "lastVisitAt", c.last_reply_at as "lastReplyAt",
      c.import_id as "importId", c.metadata, c.created_at as "createdAt", c.updated_at as "updatedAt",
      ${tagsOf(tenantId)} as tags,
      (select name from companies o where o.tenant_uuid = ${tenantId} and o.id = c.company_id) as company,
      (select name from people p where p.id = c.owner_id) as "ownerName",
      coalesce((select jsonb_object_agg(a.key, case a.type when 'number' then to_jsonb(v.number_value)
          when 'date' then to_jsonb(v.date_value) when 'boolean' then to_jsonb(v.text_value = 'true')
          else to_jsonb(v.text_value) end)
        from attribute_values v join attributes a on a.tenant_uuid = ${tenantId} and a.id = v.attribute_id
        where v.tenant_uuid = ${tenantId} and v.contact_id = c.id), '{}') as attributes,
      coalesce((select jsonb_agg(jsonb_build_object('channel', i.channel, 'externalId', i.external_id) order by i.id)
        from identities i where i.tenant_uuid = ${tenantId} and i.contact_id = c.id), '[]') as identities
    from page c order by c.id`);
  return rows.map((row) => {
    const times = Object.fromEntries(moments.map((name) => [name, row[name] === null ? null : new Date(row[name])]));
    const { createdAt, updatedAt, ...rest } = row;
    return { ...rest, ...times, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) } as WholeContact;
  });
}

/** By external id, or by one that a merge left to another. */
export async function findByExternalId(db: Db, tenantId: TenantId, externalId: string): Promise<string | null> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from contacts where tenant_uuid = ${tenantId} and external_id = ${externalId}
    union all select contact_id from contact_aliases
    where tenant_uuid = ${tenantId} and kind = 'external_id' and value = ${externalId} limit 1`);
  return rows[0]?.id ?? null;
}
