import { getTableColumns, is, type SQL, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import * as schema from "@/db/schema";
import type { TenantId } from "@/lib/kernel/tenant";

/**
 * Rows of any table that knows a person, as a merge, a deletion and their undo need them: photographed, moved, shared and
 * put back. A row travels as the text of its JSON, never parsed on the way, so it comes back to the last digit.
 * Names of tables and columns are looked up in the schema; nothing that a caller wrote ever becomes part of a statement.
 */
const tables = new Map(
  (Object.values(schema) as unknown[])
    .filter((value): value is PgTable => is(value, PgTable))
    .map((table) => [getTableConfig(table).name, table] as const),
);

type Shape = { name: SQL; columns: string[]; keys: string[] };

function shapeOf(table: string, columns: readonly string[] = []): Shape {
  const found = tables.get(table);
  if (!found) throw new Error(`There is no table ${table}.`);
  const config = getTableConfig(found);
  const known = Object.values(getTableColumns(found));
  for (const column of columns)
    if (!known.some(({ name }) => name === column)) throw new Error(`The table ${table} has no column ${column}.`);
  return {
    name: sql.identifier(table) as unknown as SQL,
    columns: known.filter(({ generated }) => generated === undefined).map(({ name }) => name),
    keys: (config.primaryKeys[0]?.columns ?? []).map(({ name }) => name).filter((name) => name !== "tenant_uuid"),
  };
}

/** The columns of a contact that can be written: all but what the database derives. */
export const contactColumns = (): string[] => shapeOf("contacts").columns;

const list = (names: readonly string[], from?: string) =>
  sql.join(
    names.map((name) => (from ? sql`${sql.identifier(from)}.${sql.identifier(name)}` : sql`${sql.identifier(name)}`)),
    sql`, `,
  );
const uuids = (ids: readonly string[]) => sql`${sql.param(ids)}::uuid[]`;
const texts = (lines: readonly string[]) => sql`${sql.param(lines)}::text[]`;
const keyOf = (keys: readonly string[]) =>
  sql`jsonb_build_object(${sql.join(
    keys.flatMap((key) => [sql`${key}::text`, sql`t.${sql.identifier(key)}`]),
    sql`, `,
  )})::text`;
const sameKey = (keys: readonly string[]) =>
  sql.join(
    keys.map((key) => sql`t.${sql.identifier(key)} = r.${sql.identifier(key)}`),
    sql` and `,
  );

type Photograph = { contactId: string; line: string };

/** Every row of the table that is about one of these contacts, in the order of its key. */
export async function photographRows(
  db: Db,
  tenantId: TenantId,
  table: string,
  column: string,
  ids: readonly string[],
): Promise<Photograph[]> {
  const { name, keys } = shapeOf(table, [column]);
  const rows = await db.execute<{ contact_id: string; line: string }>(sql`
    select t.${sql.identifier(column)} as contact_id, to_jsonb(t)::text as line from ${name} t
    where t.tenant_uuid = ${tenantId} and t.${sql.identifier(column)} = any(${uuids(ids)})
    order by ${list(keys, "t")}`);
  return rows.map(({ contact_id, line }) => ({ contactId: contact_id, line }));
}

/** Puts photographed rows back. What stands in their place by now is left standing. Answers the keys of what came back. */
export async function insertRows(
  db: Db,
  tenantId: TenantId,
  table: string,
  lines: readonly string[],
): Promise<string[]> {
  if (lines.length === 0) return [];
  const { name, columns, keys } = shapeOf(table);
  const rows = await db.execute<{ key: string }>(sql`
    insert into ${name} as t (${list(columns)})
    select ${list(columns, "r")} from unnest(${texts(lines)}) as line,
      lateral jsonb_populate_record(null::${name}, line::jsonb) r
    where r.tenant_uuid = ${tenantId}
    on conflict do nothing
    returning ${keyOf(keys)} as key`);
  return rows.map(({ key }) => key);
}

/** Rows with a key of their own change hands. Answers which did. */
export async function moveRows(
  db: Db,
  tenantId: TenantId,
  table: string,
  column: string,
  from: string,
  to: string,
): Promise<string[]> {
  const { name, keys } = shapeOf(table, [column]);
  const rows = await db.execute<{ key: string }>(sql`
    update ${name} t set ${sql.identifier(column)} = ${to}
    where t.tenant_uuid = ${tenantId} and t.${sql.identifier(column)} = ${from}
    returning ${keyOf(keys)} as key`);
  return rows.map(({ key }) => key);
}

/** Of the rows that changed hands, those that are still where they went go back. */
export async function moveRowsBack(
  db: Db,
  tenantId: TenantId,
  table: string,
  column: string,
  moved: { keys: readonly string[]; from: string; to: string },
): Promise<void> {
  if (moved.keys.length === 0) return;
  const { name, keys } = shapeOf(table, [column]);
  await db.execute(sql`
    update ${name} t set ${sql.identifier(column)} = ${moved.to}
    from unnest(${texts(moved.keys)}) as line, lateral jsonb_populate_record(null::${name}, line::jsonb) r
    where t.tenant_uuid = ${tenantId} and t.${sql.identifier(column)} = ${moved.from} and ${sameKey(keys)}`);
}

/** What one has and the other lacks is given to the other too. Answers which rows that were. */
export async function shareRows(
  db: Db,
  tenantId: TenantId,
  table: string,
  column: string,
  from: string,
  to: string,
): Promise<string[]> {
  const { name, columns, keys } = shapeOf(table, [column]);
  const taken = columns.map((each) => (each === column ? sql`${to}::uuid` : sql`f.${sql.identifier(each)}`));
  const rows = await db.execute<{ key: string }>(sql`
    insert into ${name} as t (${list(columns)})
    select ${sql.join(taken, sql`, `)} from ${name} f
    where f.tenant_uuid = ${tenantId} and f.${sql.identifier(column)} = ${from}
    on conflict do nothing
    returning ${keyOf(keys)} as key`);
  return rows.map(({ key }) => key);
}

/** Takes rows away by their keys. */
export async function deleteRows(db: Db, tenantId: TenantId, table: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const { name, keys } = shapeOf(table);
  await db.execute(sql`
    delete from ${name} t using unnest(${texts(lines)}) as line,
      lateral jsonb_populate_record(null::${name}, line::jsonb) r
    where t.tenant_uuid = ${tenantId} and ${sameKey(keys)}`);
}

/** How many rows of the table are about the contact: what a proof of erasure tells. */
export async function countRowsOf(
  db: Db,
  tenantId: TenantId,
  table: string,
  column: string,
  contactId: string,
): Promise<number> {
  const { name } = shapeOf(table, [column]);
  const rows = await db.execute<{ count: string }>(sql`
    select count(*) as count from ${name} t
    where t.tenant_uuid = ${tenantId} and t.${sql.identifier(column)} = ${contactId}`);
  return Number(rows[0]?.count ?? 0);
}
