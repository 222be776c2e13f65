import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
import { type LoginKind, loginUrl } from "./logins";
import * as schema from "./schema";

/** A connection or an open transaction: what every query takes first. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

type Pool = { sql: postgres.Sql; db: Db };

// Next and the server bundle evaluate this module once each; only globalThis is shared between module graphs.
const shared = globalThis as { __madanPools?: Partial<Record<LoginKind, Pool>> };

const sizes: Record<LoginKind, (pool: number) => number> = {
  app: (pool) => pool,
  gate: (pool) => Math.max(2, Math.ceil(pool / 2)),
  worker: (pool) => Math.max(2, Math.ceil(pool / 2)),
};

/** How long a transaction may stand idle. Those of the worker hold locks for which other processes wait. */
const idleMs: Record<LoginKind, number> = { app: 60_000, gate: 60_000, worker: 10_000 };

export function openPool(url: string, max: number, kind: LoginKind = "app"): Pool {
  const sql = postgres(url, {
    max,
    connect_timeout: 10,
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    onnotice: () => {},
    connection: {
      application_name: "madan-sara",
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: idleMs[kind],
    },
  });
  return { sql, db: drizzle(sql, { schema }) };
}

/** Only `db/tenant` and `db/system` call this: everybody else is handed a Db that is already bound. */
export function poolOf(kind: LoginKind): Pool {
  shared.__madanPools ??= {};
  shared.__madanPools[kind] ??= openPool(loginUrl(kind, env), sizes[kind](env.DATABASE_POOL), kind);
  return shared.__madanPools[kind];
}

/** The last step of a graceful stop: waits for what is in flight, at most `seconds`. */
export async function closePools(seconds = 5): Promise<void> {
  const pools = Object.values(shared.__madanPools ?? {});
  shared.__madanPools = {};
  await Promise.all(pools.map((pool) => pool.sql.end({ timeout: seconds })));
}
