import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Reference } from "@/lib/domain/segments/registry";
import type { TenantId } from "@/lib/kernel/tenant";

export type Referred = { id: string; name: string };

/** Where the names of what rules refer to stand. Every one of them answers (id, name). */
const sources: Record<Reference, (tenantId: TenantId) => SQL> = {
  tag: (tenantId) => sql`select id, name from tags where tenant_uuid = ${tenantId}`,
  owner: (tenantId) =>
    sql`select p.id, p.name from members m join people p on p.id = m.person_id where m.tenant_uuid = ${tenantId}`,
  company: (tenantId) => sql`select id, name from companies where tenant_uuid = ${tenantId}`,
  segment: (tenantId) => sql`select id, name from segments where tenant_uuid = ${tenantId} and archived_at is null`,
  import: (tenantId) => sql`select id, file_name as name from imports where tenant_uuid = ${tenantId}`,
};

/** By id, and where `names` are given by them too, in any case. */
export async function findReferred(
  db: Db,
  tenantId: TenantId,
  kind: Reference,
  wanted: { ids: readonly string[]; names: readonly string[] },
): Promise<Referred[]> {
  if (wanted.ids.length + wanted.names.length === 0) return [];
  const rows = await db.execute<Referred>(sql`
    select id, name from (${sources[kind](tenantId)}) r
    where id = any(${sql.param([...wanted.ids])}::uuid[])
      or lower(name) in (select lower(wanted) from unnest(${sql.param([...wanted.names])}::text[]) wanted)`);
  return [...rows];
}

/** For a list to choose from. */
export async function listReferred(db: Db, tenantId: TenantId, kind: Reference, limit: number): Promise<Referred[]> {
  const order = kind === "import" ? sql`id desc` : sql`lower(name), id`;
  return [
    ...(await db.execute<Referred>(
      sql`select id, name from (${sources[kind](tenantId)}) r order by ${order} limit ${limit}`,
    )),
  ];
}
