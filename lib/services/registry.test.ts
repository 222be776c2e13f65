import { getTableColumns, getTableName, is, Table } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as schema from "@/db/schema";
import { bulkActs } from "@/lib/domain/contacts/vocabulary";
import { env } from "@/lib/env";
import { bulkHandlers, personTables, timelineSources } from "./registry";

/** Generated from the schema: a table that gets to know a person and has no entry fails here, whoever adds it. */
const knowing = ["contact_id", "other_id", "loser_id"];
const known = (Object.values(schema) as unknown[])
  .filter((value): value is Table => is(value, Table))
  .map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table))
      .map((column) => column.name)
      .filter((column) => knowing.includes(column)),
  }))
  .filter(({ columns }) => columns.length > 0);

let owner: postgres.Sql;
beforeAll(() => {
  owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
});
afterAll(() => owner.end());

describe("what is known of a person", () => {
  it("is told of every table that names a contact, and of the contact itself", () => {
    const wanted = ["contacts", ...known.map(({ name }) => name)].sort();
    expect(
      personTables()
        .map(({ table }) => table)
        .sort(),
    ).toEqual(wanted);
  });

  it("knows a contact by no other name either: whatever points to one is found in the catalogue", async () => {
    const pointing = await owner`
      select distinct k.conrelid::regclass::text as table from pg_constraint k
      where k.contype = 'f' and k.confrelid = 'contacts'::regclass`;
    const told = personTables().map(({ table }) => table);
    expect(pointing.map(({ table }) => table).filter((table) => !told.includes(table))).toEqual([]);
    // A column that holds a contact's id under another name, without a key that says so.
    const suspicious = await owner`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and column_name ~ '(contact|recipient|lead|customer)s?_(uu)?id$'`;
    expect(suspicious.filter(({ table_name }) => !told.includes(table_name)).map((row) => ({ ...row }))).toEqual([]);
  });

  it.each(known)("in $name is told for each column that names one", ({ name, columns }) => {
    const entry = personTables().find(({ table }) => table === name);
    expect([...(entry?.columns ?? ["contact_id"])].sort()).toEqual(columns.sort());
  });

  it("goes by a cascade only where the foreign key really has one", async () => {
    for (const { table, columns = ["contact_id"], erase } of personTables()) {
      const cascades = await owner`
        select a.attname as column from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
        where k.conrelid = ${table}::regclass and k.confrelid = 'contacts'::regclass and k.confdeltype = 'c'`;
      const taken = columns.every((column) => cascades.some((row) => row.column === column));
      if (erase === "cascade") expect(taken, table).toBe(true);
    }
  });

  it("says of each table what it holds, and why something is left out", () => {
    for (const { table, holds, export: exporting, merge } of personTables()) {
      expect(holds, table).toMatch(/^[A-Z].{10,}[^.]$/);
      for (const part of [exporting, merge]) if ("left" in part) expect(part.left, table).toMatch(/^[a-z].{20,}/);
    }
  });
});

it("each kind of line of the time line has one source", () => {
  const kinds = timelineSources().flatMap((source) => source.kinds);
  expect(kinds.length).toBe(new Set(kinds).size);
});

it("each act that can be done to many contacts has one handler", () => {
  expect(
    bulkHandlers()
      .map(({ act }) => act)
      .sort(),
  ).toEqual([...bulkActs].sort());
});
