import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Workspaces with an audit log that no run has checked, or is about to check, since a day. */
export async function findUncheckedLogs(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.execute<{ tenant_uuid: string }>(sql`
    select h.tenant_uuid from audit_heads h
    where not exists (
      select 1 from engine_runs r
      where r.tenant_uuid = h.tenant_uuid and r.function_id = 'madan-sara-check-audit-chain'
        and r.created_at > ${now.toISOString()}::timestamptz - interval '1 day'
    )
    -- In no order: where the runs are kept elsewhere, all workspaces look alike, and each must get its turn.
    order by random() limit ${limit}`);
  return rows.map(({ tenant_uuid }) => tenant_uuid);
}
