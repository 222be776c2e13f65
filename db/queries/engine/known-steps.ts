import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { StepState } from "@/lib/domain/engine/vocabulary";
import { rowsOf } from "./rows";

/** What is known of these steps already: asked with the runs locked, so that nothing is planned twice. */
export async function knownSteps(
  db: Db,
  steps: readonly { tenant_uuid: string; run_id: string; id: string }[],
): Promise<Map<string, StepState>> {
  if (steps.length === 0) return new Map();
  const rows = await db.execute<{ run_id: string; id: string; state: StepState }>(sql`
    select s.run_id, s.id, s.state from engine_steps s
    join ${rowsOf(steps, "tenant_uuid uuid, run_id uuid, id text")}
      on (s.tenant_uuid, s.run_id, s.id) = (g.tenant_uuid, g.run_id, g.id)`);
  return new Map(rows.map(({ run_id, id, state }) => [`${run_id} ${id}`, state]));
}
