import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ReplayStart } from "@/lib/domain/engine/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { databaseClock } from "../lease";
import { wakeRuns } from "./jobs";
import { lockRuns } from "./load-runs";

/**
 * A new run with the same events. "failure" takes along what was recorded, so that no step runs again whose result is
 * known; "beginning" takes nothing. Null where the run is still going, is not there, or is being replayed already.
 */
export async function replayRun(
  db: Db,
  tenantId: TenantId,
  runId: string,
  from: ReplayStart,
  now: Date,
): Promise<string | null> {
  const clock = databaseClock();
  await lockRuns(db, [{ tenant_uuid: tenantId, id: runId }]);
  const id = uuidv7(now.getTime());
  const made = await db.execute(sql`
    insert into engine_runs (tenant_uuid, id, function_id, trigger, event_name, events, subject_kind, subject_id,
      replay_of, replay_from, sort_at, position, key_1, key_2, created_at, updated_at)
    select tenant_uuid, ${id}, function_id, 'replay', event_name, events, subject_kind, subject_id,
      id, ${from}, ${clock}, position, key_1, key_2, ${clock}, ${clock}
    from engine_runs r
    where tenant_uuid = ${tenantId} and id = ${runId} and status not in ('queued', 'running')
      and not exists (
        select 1 from engine_runs o where o.tenant_uuid = r.tenant_uuid and o.replay_of = r.id and o.status in ('queued', 'running')
      )
    returning 1`);
  if (made.length === 0) return null;
  if (from === "failure")
    await db.execute(sql`
      insert into engine_steps (tenant_uuid, run_id, id, name, kind, state, attempts, output, seq, detail, started_at, ended_at, created_at)
      select tenant_uuid, ${id}, id, name, kind, state, attempts, output, seq, detail, started_at, ended_at, created_at
      from engine_steps where tenant_uuid = ${tenantId} and run_id = ${runId} and state = 'done'`);
  await wakeRuns(db, [{ tenant_uuid: tenantId, id }], clock);
  return id;
}
