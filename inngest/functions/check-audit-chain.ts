import { NonRetriableError } from "inngest";
import { auditCheckDue } from "@/lib/domain/access/events";
import { verifyAudit } from "@/lib/services/access/verify-audit";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

/** Once a day a workspace's audit log is recomputed line by line. A broken chain is a failed run, which nobody overlooks. */
export const checkAuditChain = inngest.createFunction(
  {
    id: "check-audit-chain",
    name: "Check the audit log",
    triggers: [eventOf(auditCheckDue)],
    retries: 4,
    // A long log costs the database a while: a few workspaces at a time, and each of them once.
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "check-audit-chain", runId);
    const { lines, firstBroken } = await step.run("recompute every line", () => verifyAudit(ctx));
    if (firstBroken !== null) throw new NonRetriableError(`Line ${firstBroken} is not as it was written.`);
    return { lines };
  },
);
