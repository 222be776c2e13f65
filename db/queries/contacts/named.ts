import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** Tags and companies are known by their names, in any spelling: both are rows of an id, a name and the key of the name. */
export type NamedTable = "tags" | "companies";
export type Named = { id: string; name: string; nameKey: string };

const tables = { tags: sql`tags`, companies: sql`companies` };

export async function findNamed(
  db: Db,
  tenantId: TenantId,
  table: NamedTable,
  keys: readonly string[],
): Promise<Named[]> {
  if (keys.length === 0) return [];
  return [
    ...(await db.execute<Named>(sql`
      select id, name, name_key as "nameKey" from ${tables[table]}
      where tenant_uuid = ${tenantId} and name_key = any(${sql.param([...keys])}::text[])`)),
  ];
}

/** Sorted by their keys, so that two that bring the same new names meet at the first. Who was first wins. */
export async function insertNamed(
  db: Db,
  tenantId: TenantId,
  table: NamedTable,
  rows: readonly { name: string; nameKey: string }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const given = [...rows]
    .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1))
    .map((row) => ({ id: uuidv7(at.getTime()), name: row.name, key: row.nameKey }));
  const moment = sql`${at.toISOString()}::timestamptz`;
  await db.execute(sql`
    insert into ${tables[table]} (tenant_uuid, id, name, name_key, created_at, updated_at)
    select ${tenantId}, g.id, g.name, g.key, ${moment}, ${moment}
    from json_to_recordset(${JSON.stringify(given)}::json) as g(id uuid, name text, key text)
    on conflict do nothing`);
}

export async function countNamed(db: Db, tenantId: TenantId, table: NamedTable): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${tables[table]} where tenant_uuid = ${tenantId}`,
  );
  return row?.count ?? 0;
}
