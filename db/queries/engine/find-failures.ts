import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { functionWords } from "@/lib/domain/engine/describe-function";
import type { TenantId } from "@/lib/kernel/tenant";

/** Runs that failed since then and were not replayed, or whose replay failed too; the last of them by name. */
export async function findFailures(db: Db, tenantId: TenantId, since: Date) {
  const rows = await db.execute<{ count: number; function_id: string; name: string | null; at: string }>(sql`
    select count(*) over ()::int as count, r.function_id, f.name, r.ended_at as at
    from engine_runs r left join engine_functions f on f.id = r.function_id
    where r.tenant_uuid = ${tenantId} and r.status = 'failed' and r.ended_at > ${since.toISOString()}::timestamptz
      and not exists (select 1 from engine_runs o where o.tenant_uuid = r.tenant_uuid and o.replay_of = r.id)
    order by r.ended_at desc limit 1`);
  const [last] = rows;
  return last ? { count: last.count, name: functionWords(last.function_id, last.name), at: new Date(last.at) } : null;
}
