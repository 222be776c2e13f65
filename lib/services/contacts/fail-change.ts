import { lockBulkChange, updateBulkChange } from "@/db/queries/contacts/bulk-changes";
import { type Context, requireScope, transaction } from "../context";

/** The run has given up. What is changed stays as it is, and can be taken back. */
export async function failChange(ctx: Context, id: string, because: string): Promise<void> {
  requireScope(ctx, "contacts:bulk");
  await transaction(ctx, async (tx) => {
    const change = await lockBulkChange(tx.db, tx.tenantId, id);
    if (change?.state !== "waiting" && change?.state !== "running" && change?.state !== "undoing") return;
    const end = { state: "failed", failure: because.slice(0, 500), endedAt: tx.now() } as const;
    await updateBulkChange(tx.db, tx.tenantId, id, end, tx.now());
  });
}
