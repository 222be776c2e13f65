import postgres from "postgres";
import { expect, it } from "vitest";

it("gives every run a migrated database that commits", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1 });
  const [row] = await sql`select current_database() as name, to_regclass('drizzle.__drizzle_migrations') as journal`;
  await sql.end();
  expect(row).toMatchObject({ name: "madan_sara_unit", journal: "drizzle.__drizzle_migrations" });
});
