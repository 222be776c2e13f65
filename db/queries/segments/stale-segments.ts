import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Workspaces with a segment of rules that was not refreshed within the last hour. */
export async function findStaleSegments(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.execute<{ tenant_uuid: string }>(sql`
    select distinct tenant_uuid from segments
    where kind = 'rules' and archived_at is null
      and (refreshed_at is null or refreshed_at < ${now.toISOString()}::timestamptz - interval '1 hour')
    limit ${limit}`);
  return rows.map(({ tenant_uuid }) => tenant_uuid);
}
