import { isUuid } from "@/lib/kernel/ids";
import { provenTenant } from "@/lib/kernel/tenant";
import { ports } from "@/lib/ports";
import type { Call, Context } from "@/lib/services/context";

/**
 * Who acts in a job: the function, for the workspace that its event names. An event was said by a verb inside that
 * workspace's transaction, or by a function of ours, so its word is proof.
 */
export function jobContext(data: { tenantId?: unknown }, job: string, runId: string): Context {
  const { tenantId } = data;
  if (typeof tenantId !== "string" || !isUuid(tenantId)) throw new Error(`The event of ${job} names no workspace.`);
  return { ...jobCall(runId), tenantId: provenTenant(tenantId), actor: { kind: "job", name: job } };
}

/** For work that is of no workspace. */
function jobCall(runId: string): Call {
  return { now: () => new Date(), requestId: runId, ip: null, userAgent: null, ports: ports() };
}
