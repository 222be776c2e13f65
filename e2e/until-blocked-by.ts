import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, poolOf } from "@/db/client";

/** Until somebody waits for a lock of this transaction: then what a test wants to meet has really begun. */
export async function untilBlockedBy(db: Db): Promise<void> {
  const [own] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const waiting = () =>
    poolOf("app").db.execute(
      sql`select pid from pg_stat_activity where ${own?.pid ?? 0}::int = any(pg_blocking_pids(pid))`,
    );
  await expect.poll(async () => (await waiting()).length, { timeout: 8_000, interval: 20 }).toBeGreaterThan(0);
}
