import { verifyAuditChain } from "@/db/queries/access/audit";
import { type Context, read, requireScope } from "../context";

export async function verifyAudit(ctx: Context) {
  requireScope(ctx, "audit:read");
  return read(ctx, async (tx) => {
    const { lines, firstBroken } = await verifyAuditChain(tx.db, tx.tenantId);
    return { verdict: firstBroken === null ? ("intact" as const) : ("broken" as const), lines, firstBroken };
  });
}
