import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { engineJobs, engineSteps } from "@/db/schema/engine";
import type { TenantId } from "@/lib/kernel/tenant";

/** The facts by which it is decided what each of these open runs does now: its jobs, and its steps without an end. */
export async function loadRunStates(db: Db, tenantId: TenantId, runIds: readonly string[]) {
  if (runIds.length === 0) return { jobs: [], steps: [] };
  const jobs = await db
    .select({
      runId: engineJobs.runId,
      kind: engineJobs.kind,
      dueAt: engineJobs.dueAt,
      leaseUntil: engineJobs.leaseUntil,
      gate: engineJobs.gate,
      attempt: engineJobs.attempt,
    })
    .from(engineJobs)
    .where(and(eq(engineJobs.tenantId, tenantId), inArray(engineJobs.runId, [...runIds])));
  const steps = await db
    .select({
      runId: engineSteps.runId,
      name: engineSteps.name,
      state: engineSteps.state,
      until: engineSteps.until,
      detail: engineSteps.detail,
    })
    .from(engineSteps)
    .where(
      and(
        eq(engineSteps.tenantId, tenantId),
        inArray(engineSteps.runId, [...runIds]),
        inArray(engineSteps.state, ["sleeping", "waiting", "invoking"]),
      ),
    )
    .orderBy(engineSteps.createdAt, engineSteps.id);
  return { jobs, steps };
}
