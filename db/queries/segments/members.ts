import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CustomerType, Grade, Stage } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

const uuidList = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`;
const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Answers whom it really added. Who is in already stays in since when they were. */
export async function insertMembers(
  db: Db,
  tenantId: TenantId,
  segmentId: string,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  if (ids.length === 0) return [];
  // Whoever is erased at this moment is waited for, and then is not there to be added.
  const rows = await db.execute<{ contact_id: string }>(sql`
    insert into segment_members (tenant_uuid, segment_id, contact_id, entered_at)
    select ${tenantId}, ${segmentId}, c.id, ${moment(now)} from (
      select id from contacts where tenant_uuid = ${tenantId} and id = any(${uuidList(ids)}) order by id for key share
    ) c
    on conflict do nothing
    returning contact_id`);
  return rows.map(({ contact_id }) => contact_id);
}

/** Answers whose stay it really ended. */
export async function endStays(
  db: Db,
  tenantId: TenantId,
  segmentId: string,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<{ contact_id: string }>(sql`
    update segment_members set left_at = greatest(${moment(now)}, entered_at)
    where tenant_uuid = ${tenantId} and segment_id = ${segmentId} and contact_id = any(${uuidList(ids)}) and left_at is null
    returning contact_id`);
  return rows.map(({ contact_id }) => contact_id);
}

export async function findContactIds(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(
    sql`select id from contacts where tenant_uuid = ${tenantId} and id = any(${uuidList(ids)})`,
  );
  return new Set(rows.map(({ id }) => id));
}

export async function countMembers(db: Db, tenantId: TenantId, segmentId: string): Promise<number> {
  const [row] = await db.execute<{ count: string }>(sql`
    select count(*) as count from segment_members
    where tenant_uuid = ${tenantId} and segment_id = ${segmentId} and left_at is null`);
  return Number(row?.count ?? 0);
}

/** Lists that say they are of another size than they are. */
export async function findMiscounted(db: Db, tenantId: TenantId, limit: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select s.id from segments s
    where s.tenant_uuid = ${tenantId} and s.kind = 'list' and s.archived_at is null and s.size <> (
      select count(*) from segment_members m
      where m.tenant_uuid = ${tenantId} and m.segment_id = s.id and m.left_at is null)
    order by s.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Where a portion of `size` contacts after `after` ends; null when it is the last. */
export async function endOfPortion(
  db: Db,
  tenantId: TenantId,
  after: string | null,
  size: number,
): Promise<string | null> {
  const [row] = await db.execute<{ id: string }>(sql`
    select id from contacts where tenant_uuid = ${tenantId} ${after ? sql`and id > ${after}` : sql``}
    order by id offset ${size - 1} limit 1`);
  return row?.id ?? null;
}

const within = (column: SQL, { after, upTo }: { after: string | null; upTo: string | null }) =>
  sql`${after ? sql`and ${column} > ${after}` : sql``} ${upTo ? sql`and ${column} <= ${upTo}` : sql``}`;

/**
 * Makes the members between two ids those whom the condition finds: the new come in, the others' stays end, in one
 * statement. It is written so that no statistics can mislead the planner, which knows nothing yet of a new segment's
 * members: who is found is found once, and `not in` is looked up in a hash. Those who come in are held in the order of their
 * ids, as everybody holds contacts: whoever is deleted at this moment is waited for, and then is not there to come in.
 */
export async function refreshMembers(
  db: Db,
  tenantId: TenantId,
  segmentId: string,
  condition: SQL,
  range: { after: string | null; upTo: string | null },
  now: Date,
): Promise<{ entered: number; left: number }> {
  const [row] = await db.execute<{ entered: number; left: number }>(sql`
    with found as materialized (
      select c.id from contacts c where c.tenant_uuid = ${tenantId} ${within(sql`c.id`, range)} and ${condition}
    ), gone as (
      update segment_members m set left_at = greatest(${moment(now)}, m.entered_at)
      where m.tenant_uuid = ${tenantId} and m.segment_id = ${segmentId} and m.left_at is null
        ${within(sql`m.contact_id`, range)} and m.contact_id not in (select id from found)
      returning 1
    ), fresh as materialized (
      select c.id from contacts c
      where c.tenant_uuid = ${tenantId} and c.id = any(array(
        select id from found where id not in (
          select m.contact_id from segment_members m
          where m.tenant_uuid = ${tenantId} and m.segment_id = ${segmentId} and m.left_at is null
            ${within(sql`m.contact_id`, range)})))
      order by c.id for key share
    ), come as (
      insert into segment_members (tenant_uuid, segment_id, contact_id, entered_at)
      select ${tenantId}, ${segmentId}, id, ${moment(now)} from fresh
      on conflict do nothing
      returning 1
    )
    select (select count(*) from come)::int as entered, (select count(*) from gone)::int as "left"`);
  return row ?? { entered: 0, left: 0 };
}

export type MemberRow = {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  customerType: CustomerType;
  stage: Stage;
  score: number;
  grade: Grade;
  enteredAt: Date | null;
};

type RawMember = Omit<MemberRow, "enteredAt"> & { enteredAt: string | Date | null };
const columns = sql`c.id, c.name, c.email, c.phone, c.customer_type as "customerType", c.stage, c.score, c.grade`;
const toRow = (row: RawMember): MemberRow => ({
  ...row,
  enteredAt: row.enteredAt === null ? null : new Date(row.enteredAt),
});

type MemberPage = { beforeId?: string; skip?: number; limit: number };

/** Of a list: who stands in it, newest contacts first. */
export async function listListMembers(
  db: Db,
  tenantId: TenantId,
  segmentId: string,
  { beforeId, skip = 0, limit }: MemberPage,
): Promise<MemberRow[]> {
  const rows = await db.execute<RawMember>(sql`
    select ${columns}, m.entered_at as "enteredAt" from segment_members m
    join contacts c on c.tenant_uuid = m.tenant_uuid and c.id = m.contact_id
    where m.tenant_uuid = ${tenantId} and m.segment_id = ${segmentId} and m.left_at is null
      ${beforeId ? sql`and m.contact_id < ${beforeId}` : sql``}
    order by m.contact_id desc offset ${skip} limit ${limit}`);
  return rows.map(toRow);
}

/** Of rules: whom they find now, newest contacts first. */
export async function listRuleMembers(
  db: Db,
  tenantId: TenantId,
  condition: SQL,
  { beforeId, skip = 0, limit }: MemberPage,
): Promise<MemberRow[]> {
  const rows = await db.execute<RawMember>(sql`
    select ${columns}, null as "enteredAt" from contacts c
    where c.tenant_uuid = ${tenantId} ${beforeId ? sql`and c.id < ${beforeId}` : sql``} and ${condition}
    order by c.id desc offset ${skip} limit ${limit}`);
  return rows.map(toRow);
}

/** In no promised order; whoever is gone is left out. */
export async function findMembersByIds(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<MemberRow[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<RawMember>(sql`
    select ${columns}, null as "enteredAt" from contacts c
    where c.tenant_uuid = ${tenantId} and c.id = any(${uuidList(ids)})`);
  return rows.map(toRow);
}

export type StayRow = { segmentId: string; segmentName: string; enteredAt: Date; leftAt: Date | null };

/** One person's stays, in what is still there of segments. */
export async function listStays(db: Db, tenantId: TenantId, contactId: string, limit: number): Promise<StayRow[]> {
  const rows = await db.execute<{
    segmentId: string;
    segmentName: string;
    enteredAt: string;
    leftAt: string | null;
  }>(sql`
    select m.segment_id as "segmentId", s.name as "segmentName", m.entered_at as "enteredAt", m.left_at as "leftAt"
    from segment_members m join segments s on s.tenant_uuid = m.tenant_uuid and s.id = m.segment_id
    where m.tenant_uuid = ${tenantId} and m.contact_id = ${contactId}
    order by m.entered_at desc, m.segment_id limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    enteredAt: new Date(row.enteredAt),
    leftAt: row.leftAt === null ? null : new Date(row.leftAt),
  }));
}
