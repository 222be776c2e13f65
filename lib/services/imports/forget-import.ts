import { lockImport } from "@/db/queries/imports/imports";
import { type Context, requireScope, transaction } from "../context";
import { removeImport } from "./delete-import";

/** Takes away a file that broke off on its way, or that nobody started. What has been started since stays. */
export async function forgetImport(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:bulk");
  await transaction(ctx, async (tx) => {
    const row = await lockImport(tx.db, tx.tenantId, id);
    if (row?.state === "uploading" || row?.state === "ready") await removeImport(tx, id);
  });
}
