import { changeImport } from "@/db/queries/imports/imports";
import { type Context, requireScope, transaction } from "../context";

/** The run has given up. What is in stays, and can be taken back. */
export async function failImport(
  ctx: Context,
  id: string,
  state: "running" | "undoing",
  because: string,
): Promise<void> {
  requireScope(ctx, "contacts:bulk");
  const now = ctx.now();
  const change = { state: "failed", failure: because.slice(0, 500), endedAt: now } as const;
  await transaction(ctx, (tx) => changeImport(tx.db, tx.tenantId, id, state, change, now));
}
