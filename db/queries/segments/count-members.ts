import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { TenantId } from "@/lib/kernel/tenant";

/** A sixteenth of everybody, the same ones each time, in an order that has nothing to do with who they are. */
const sampled = sql`(uuid_hash(c.id) & 15) = 0`;
const sampleShare = 16;

/** The exact number, or null where the database does not have it within `ms`. */
export async function countExactly(db: Db, tenantId: TenantId, condition: SQL, ms: number): Promise<number | null> {
  return within(db, ms, async (tx) => {
    const [row] = await tx.execute<{ count: string }>(
      sql`select count(*) as count from contacts c where c.tenant_uuid = ${tenantId} and ${condition}`,
    );
    return Number(row?.count ?? 0);
  });
}

/** How many contacts there are, give or take half a percent in a large workspace. */
export async function countEverybody(db: Db, tenantId: TenantId): Promise<number> {
  const [row] = await db.execute<{ count: string }>(
    sql`select count(*) as count from contacts c where c.tenant_uuid = ${tenantId} and ${sampled}`,
  );
  const seen = Number(row?.count ?? 0);
  if (seen > 1_000) return seen * sampleShare;
  const [all] = await db.execute<{ count: string }>(
    sql`select count(*) as count from contacts c where c.tenant_uuid = ${tenantId}`,
  );
  return Number(all?.count ?? 0);
}

/** A few whom the condition finds, in no order, or none where the database has them not within `ms`. */
export async function findSome(
  db: Db,
  tenantId: TenantId,
  condition: SQL,
  { most, ms }: { most: number; ms: number },
): Promise<string[]> {
  const found = await within(db, ms, (tx) =>
    tx.execute<{ id: string }>(
      sql`select c.id from contacts c where c.tenant_uuid = ${tenantId} and ${condition} limit ${most}`,
    ),
  );
  return (found ?? []).map(({ id }) => id);
}

export type SamplePortion = { looked: number; hits: number; next: number | null; ids: string[] };

/** The next `size` of the sample after the place `after`: how many there were, and how many (and who) the rules find. */
export async function countInSample(
  db: Db,
  tenantId: TenantId,
  condition: SQL,
  { after, size, ms }: { after: number | null; size: number; ms: number },
): Promise<SamplePortion | null> {
  return within(db, ms, async (tx) => {
    const [row] = await tx.execute<SamplePortion>(sql`
      with c as materialized (
        select c.*, uuid_hash(c.id) as place from contacts c
        where c.tenant_uuid = ${tenantId} and ${sampled} ${after === null ? sql`` : sql`and uuid_hash(c.id) > ${after}`}
        order by uuid_hash(c.id) limit ${size}
      ), judged as materialized (select c.id, c.place, (${condition}) as hit from c)
      select count(*)::int as looked, max(place) as next, (count(*) filter (where hit))::int as hits,
        coalesce((array_agg(id) filter (where hit))[1:10], '{}') as ids
      from judged`);
    return row ?? { looked: 0, hits: 0, next: null, ids: [] };
  });
}

/** A savepoint of its own: a statement that is cut off takes nothing of the caller's transaction with it. */
async function within<T>(db: Db, ms: number, work: (tx: Db) => Promise<T>): Promise<T | null> {
  try {
    return await db.transaction(async (tx) => {
      // A local setting outlives its savepoint, so the old one is put back by hand.
      const [old] = await tx.execute<{ was: string }>(
        sql`select current_setting('statement_timeout') as was, set_config('statement_timeout', ${String(Math.max(1, Math.round(ms)))}, true)`,
      );
      const result = await work(tx);
      await tx.execute(sql`select set_config('statement_timeout', ${old?.was ?? "0"}, true)`);
      return result;
    });
  } catch (error) {
    if (isCutOff(error)) return null;
    throw error;
  }
}

function isCutOff(error: unknown): boolean {
  for (let at: unknown = error; typeof at === "object" && at !== null; at = (at as { cause?: unknown }).cause)
    if ((at as { code?: unknown }).code === "57014") return true;
  return false;
}
