import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { notDuplicates } from "@/db/schema/contacts";
import type { DuplicateReason } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

/** A contact has at most sixteen, so that many always hold the whole of some. */
const mostRows = 500;

export type SuspicionRow = { contactId: string; otherId: string; because: DuplicateReason };

/**
 * Who looks like one of a window of contacts, newest first. Grouping a million addresses takes as long as reading them, so
 * nobody groups: each contact of the window looks its own e-mail address, phone and name up in their index, and whoever
 * has the same and is older makes a pair. Common names are looked at a few at a time.
 */
export async function listSuspicions(
  db: Db,
  tenantId: TenantId,
  { beforeId, window, because }: { beforeId: string | null; window: number; because?: DuplicateReason },
): Promise<{ rows: SuspicionRow[]; lastId: string | null }> {
  const wants = (reason: DuplicateReason) => sql.raw(because === undefined || because === reason ? "true" : "false");
  const rows = await db.execute<{
    contact_id: string | null;
    other_id: string | null;
    because: DuplicateReason | null;
    last_id: string | null;
  }>(sql`
    with newest as materialized (
      select id, email, phone, name, company_id, country from contacts
      where tenant_uuid = ${tenantId} ${beforeId === null ? sql`` : sql`and id < ${beforeId}`}
      order by id desc limit ${window}
    ), suspicions as (
      select n.id as contact_id, o.id as other_id, 'same_email' as because from newest n, lateral (
        select c.id from contacts c
        where c.tenant_uuid = ${tenantId} and c.email = n.email and c.id < n.id limit 3) o
      where ${wants("same_email")} and n.email is not null
      union all
      select n.id, o.id, 'same_phone' from newest n, lateral (
        select c.id from contacts c
        where c.tenant_uuid = ${tenantId} and c.phone = n.phone and c.id < n.id limit 3) o
      where ${wants("same_phone")} and n.phone is not null
      union all
      select n.id, o.id, 'same_name' from newest n, lateral (
        select c.id, c.company_id, c.country from contacts c
        where c.tenant_uuid = ${tenantId} and c.name = n.name and c.id < n.id order by c.name, c.id desc limit 10) o
      where ${wants("same_name")} and n.name like '% %' and (o.company_id = n.company_id or o.country = n.country)
    ), apart as (
      select s.* from suspicions s where not exists (
        select 1 from not_duplicates d where d.tenant_uuid = ${tenantId}
          and d.contact_id = least(s.contact_id, s.other_id) and d.other_id = greatest(s.contact_id, s.other_id))
    ), ends as (
      select (select id from newest order by id limit 1) as last_id, (select count(*) from newest) as seen
    )
    select a.contact_id, a.other_id, a.because, case when e.seen < ${window} then null else e.last_id end as last_id
    from ends e left join lateral (select * from apart order by contact_id desc limit ${mostRows}) a on true`);
  const found = rows.flatMap((row) =>
    row.contact_id && row.other_id && row.because
      ? [{ contactId: row.contact_id, otherId: row.other_id, because: row.because }]
      : [],
  );
  if (found.length < mostRows) return { rows: found, lastId: rows[0]?.last_id ?? null };
  // Where there are too many, the contact at which it was cut begins the next window.
  const cutAt = found.at(-1)?.contactId;
  const whole = found.filter(({ contactId }) => contactId !== cutAt);
  return { rows: whole, lastId: whole.at(-1)?.contactId ?? null };
}

export async function insertNotDuplicate(
  db: Db,
  tenantId: TenantId,
  pair: { contactId: string; otherId: string },
  now: Date,
): Promise<void> {
  await db
    .insert(notDuplicates)
    .values({ tenantId, ...pair, createdAt: now })
    .onConflictDoNothing();
}
