import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { TenantId } from "@/lib/kernel/tenant";

export type AskedKeys = {
  externalIds: readonly string[];
  emails: readonly string[];
  phones: readonly string[];
  /** As `channel account`. */
  identities: readonly string[];
  ids: readonly string[];
};

export type KnownRow = {
  kind: "external_id" | "alias" | "email" | "phone" | "identity" | "id";
  value: string;
  id: string;
  unnumbered: string | null;
  /** Of a phone: the oldest with it whose e-mail address is not known. */
  mailless: string | null;
  maillessUnnumbered: string | null;
};

const list = (values: readonly string[]) => sql`any(${sql.param([...values])}::text[])`;

/**
 * Who is known under any of these keys, one statement for all of them. Of several contacts with one address the oldest
 * counts: ids sort by time.
 */
export async function findKnown(db: Db, tenantId: TenantId, asked: AskedKeys): Promise<KnownRow[]> {
  const parts: SQL[] = [];
  const ask = (values: readonly string[], part: (values: SQL) => SQL) => {
    if (values.length > 0) parts.push(part(list(values)));
  };
  ask(
    asked.externalIds,
    (
      values,
    ) => sql`select 'external_id' as kind, external_id as value, id, id as unnumbered, null::uuid, null::uuid from contacts
      where tenant_uuid = ${tenantId} and external_id = ${values}
      union all select 'alias', value, contact_id, contact_id, null, null from contact_aliases
      where tenant_uuid = ${tenantId} and kind = 'external_id' and value = ${values}`,
  );
  ask(asked.emails, (values) => oldest(tenantId, sql`'email'`, sql`email`, values));
  ask(asked.phones, (values) => oldest(tenantId, sql`'phone'`, sql`phone`, values));
  ask(
    asked.ids,
    (values) => sql`select 'id', value, contact_id, contact_id, null::uuid, null::uuid from contact_aliases
      where tenant_uuid = ${tenantId} and kind = 'id' and value = ${values}`,
  );
  if (asked.identities.length > 0) {
    const pairs = asked.identities.map((key) => {
      const space = key.indexOf(" ");
      return [key.slice(0, space), key.slice(space + 1)] as const;
    });
    const channels = sql`${sql.param(pairs.map(([channel]) => channel))}::text[]`;
    const accounts = sql`${sql.param(pairs.map(([, account]) => account))}::text[]`;
    parts.push(sql`select 'identity', i.channel || ' ' || i.external_id, i.contact_id,
        (select c.id from contacts c where c.tenant_uuid = ${tenantId} and c.id = i.contact_id and c.external_id is null),
        null::uuid, null::uuid
      from unnest(${channels}, ${accounts}) as g(channel, account)
      join identities i on i.tenant_uuid = ${tenantId} and i.channel = g.channel and i.external_id = g.account`);
  }
  if (parts.length === 0) return [];
  // The first part of a union names its columns, and any of them may be the first.
  const names = sql`select null::text as kind, null::text as value, null::uuid as id, null::uuid as unnumbered,
    null::uuid as mailless, null::uuid as "maillessUnnumbered" where false`;
  return [...(await db.execute<KnownRow>(sql.join([names, ...parts], sql` union all `)))];
}

function oldest(tenantId: TenantId, kind: SQL, column: SQL, values: SQL): SQL {
  return sql`select ${kind}, ${column}, (array_agg(id order by id))[1],
      (array_agg(id order by id) filter (where external_id is null))[1],
      (array_agg(id order by id) filter (where email is null))[1],
      (array_agg(id order by id) filter (where email is null and external_id is null))[1]
    from contacts where tenant_uuid = ${tenantId} and ${column} = ${values} group by ${column}`;
}

/** Whether anybody was ever erased here: where not, no address has to be looked at. */
export async function hasErasures(db: Db, tenantId: TenantId): Promise<boolean> {
  const [row] = await db.execute<{ has: boolean }>(sql`
    select exists (
      select 1 from suppressions where tenant_uuid = ${tenantId} and reason = 'erasure' and lifted_at is null
    ) as has`);
  return row?.has ?? false;
}

/** Which of these addresses belong to people who were erased at their own request. */
export async function findErasedHashes(db: Db, tenantId: TenantId, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db.execute<{ hash: string }>(sql`
    select address_hash as hash from suppressions
    where tenant_uuid = ${tenantId} and address_hash = any(${sql.param([...hashes])}::uuid[])
      and reason = 'erasure' and lifted_at is null`);
  return new Set(rows.map(({ hash }) => hash));
}

/** Which of these people belong to the workspace: only they may own a contact. */
export async function findOwners(db: Db, tenantId: TenantId, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(sql`
    select person_id as id from members
    where tenant_uuid = ${tenantId} and person_id = any(${sql.param([...personIds])}::uuid[])`);
  return new Set(rows.map(({ id }) => id));
}
