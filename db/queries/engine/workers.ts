import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Clock } from "../lease";
import { rowsOf } from "./rows";

/** A process that has not been heard of for this long is dead. */
export const workerSilenceMs = 60_000;

/** The heartbeat, with the functions that the process knows. */
export async function beat(db: Db, worker: { id: string; functions: readonly string[] }, now: Clock): Promise<void> {
  await db.execute(sql`
    insert into engine_workers (id, functions, seen_at) values (${worker.id}, ${sql.param(worker.functions)}::text[], ${now})
    on conflict (id) do update set seen_at = excluded.seen_at, functions = excluded.functions`);
}

export async function leave(db: Db, workerId: string): Promise<void> {
  await db.execute(sql`delete from engine_workers where id = ${workerId}`);
}

export async function registerFunctions(
  db: Db,
  functions: readonly { id: string; name: string; config: object }[],
): Promise<void> {
  if (functions.length === 0) return;
  const rows = functions.map(({ id, name, config }) => ({ id, name, config: JSON.stringify(config) }));
  await db.execute(sql`
    insert into engine_functions (id, name, config) select id, name, config::json
    from ${rowsOf(rows, "id text, name text, config text")} order by id
    on conflict (id) do update set name = excluded.name, config = excluded.config, updated_at = now()
      where engine_functions.config::text <> excluded.config::text or engine_functions.name <> excluded.name`);
}

/**
 * The functions that processes know: during a rolling start that is more than one build's. One that is silent counts for as
 * long as its row stands (an hour): what it alone knows would miss its events while it restarts.
 */
export async function servedFunctions(db: Db): Promise<{ id: string; name: string; config: unknown }[]> {
  return db.execute<{ id: string; name: string; config: unknown }>(sql`
    select f.id, f.name, f.config from engine_functions f
    where exists (select 1 from engine_workers w where f.id = any(w.functions))`) as unknown as Promise<
    { id: string; name: string; config: unknown }[]
  >;
}

/** Another word whenever a process has come or gone. */
export async function workersVersion(db: Db): Promise<string> {
  const rows = await db.execute<{ version: string }>(
    sql`select count(*) || ' ' || coalesce(max(created_at), 'epoch') as version from engine_workers`,
  );
  return rows[0]?.version ?? "";
}

/** How long ago the engine last showed itself, in milliseconds; null where it never did. */
export async function lastBeatMs(db: Db): Promise<number | null> {
  const rows = await db.execute<{ ms: string | null }>(
    sql`select extract(epoch from clock_timestamp() - max(seen_at)) * 1000 as ms from engine_workers`,
  );
  const ms = rows[0]?.ms;
  return ms === null || ms === undefined ? null : Number(ms);
}
