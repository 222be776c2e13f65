import { readFileSync } from "node:fs";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { type Env, env as processEnv } from "@/lib/env";
import { givenLoginUrl, type LoginKind, loginPassword, loginRoles } from "./logins";

const folder = "db/migrations";
/** Any number, the same everywhere: two processes that start at once migrate one after the other. */
const advisoryLock = 7_203_114_265n;

export type Journal = { entries: { tag: string; when: number }[] };

export function readJournal(): Journal {
  return JSON.parse(readFileSync(`${folder}/meta/_journal.json`, "utf8")) as Journal;
}

/** Brings the schema up to date with the owner's login and makes the other logins where their addresses are not given. */
export async function migrate(env: Env = processEnv): Promise<{ applied: string[] }> {
  const sql = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await refuseOldServer(sql);
    // A session lock outlives single statements, and the only connection of this pool holds it until end().
    await sql`select pg_advisory_lock(${advisoryLock.toString()}::bigint)`;
    await ensureLogins(sql, env);
    const before = await countApplied(sql);
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
    const journal = readJournal();
    return { applied: journal.entries.slice(before).map((entry) => entry.tag) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function refuseOldServer(sql: postgres.Sql) {
  const rows = await sql<{ v: string }[]>`select current_setting('server_version_num') v`;
  const version = Number(rows[0]?.v);
  if (version < 150_000)
    throw new Error(`DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`);
}

async function ensureLogins(sql: postgres.Sql, env: Env) {
  for (const kind of Object.keys(loginRoles) as LoginKind[]) {
    const role = loginRoles[kind];
    const known = await sql`select 1 from pg_roles where rolname = ${role}`;
    // Where the operator gives the login's address, the login and its password are theirs to keep.
    if (givenLoginUrl(kind, env)) {
      if (known.length === 0)
        throw new Error(`DATABASE_${kind.toUpperCase()}_URL is set, but there is no login ${role}.`);
      continue;
    }
    // Role statements take no parameters; the password is base64url of our own making, so it cannot break the quotes.
    const password = loginPassword(kind, env);
    if (known.length === 0) await sql.unsafe(`create role ${role} login`);
    await sql.unsafe(`alter role ${role} login password '${password}'`);
  }
  await ensureSearchRole(sql);
}

/** Owns the one function that searches past the row-level security of a table. Nobody logs in as it. */
async function ensureSearchRole(sql: postgres.Sql) {
  const known = await sql`select 1 from pg_roles where rolname = 'madan_search'`;
  if (known.length === 0) await sql.unsafe("create role madan_search nologin");
  // Whoever migrates hands the function over, and must be of the role to do so; a superuser is of every role.
  const mine = await sql`select 1 from pg_roles where rolname = current_user and rolsuper`;
  if (mine.length === 0) await sql.unsafe("grant madan_search to current_user");
}

async function countApplied(sql: postgres.Sql): Promise<number> {
  const table = await sql`select to_regclass('drizzle.__drizzle_migrations') as t`;
  if (!table[0]?.t) return 0;
  const rows = await sql<{ n: number }[]>`select count(*)::int n from drizzle.__drizzle_migrations`;
  return rows[0]?.n ?? 0;
}
