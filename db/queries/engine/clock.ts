import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export async function readClock(db: Db): Promise<Date> {
  const rows = await db.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  return new Date(rows[0]?.now ?? Date.now());
}
