import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { TenantId } from "@/lib/kernel/tenant";
import { type ContactConditions, contactConditions } from "./list-contacts";

/** The next contacts of a filter, in the order of their ids: the walk of a change over all of them. */
export async function listTargetsAfter(
  db: Db,
  tenantId: TenantId,
  filter: ContactConditions,
  afterId: string | null,
  limit: number,
): Promise<string[]> {
  const from = afterId ? sql`and c.id > ${afterId}::uuid` : sql``;
  const rows = await db.execute<{ id: string }>(sql`
    select c.id from contacts c where ${contactConditions(tenantId, filter)} ${from} order by c.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

export async function countTargets(db: Db, tenantId: TenantId, filter: ContactConditions): Promise<number> {
  const rows = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from contacts c where ${contactConditions(tenantId, filter)}`);
  return rows[0]?.count ?? 0;
}
