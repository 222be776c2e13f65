import { findApiKey, revokeApiKey } from "@/db/queries/access/keys";
import { notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { toApiKey } from "./list-keys";

/** Revoking twice is harmless: the first moment stands and only the first leaves a line. */
export async function revokeKey(ctx: Context, id: string) {
  requireScope(ctx, "keys:write");
  return transaction(ctx, async (tx) => {
    const revoked = await revokeApiKey(tx.db, tx.tenantId, id, tx.now());
    const row = await findApiKey(tx.db, tx.tenantId, id);
    if (!row) throw notFound("key");
    if (revoked) {
      await tx.audit({
        action: "key.revoked",
        subject: { kind: "key", id, name: row.name },
        before: { prefix: row.prefix },
      });
    }
    return toApiKey(row, tx.now());
  });
}
