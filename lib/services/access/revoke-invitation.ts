import { revokeInvitation as revoke } from "@/db/queries/access/invitations";
import { notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { toInvitation } from "./invite-member";

export async function revokeInvitation(ctx: Context, id: string) {
  requireScope(ctx, "members:write");
  return transaction(ctx, async (tx) => {
    const row = await revoke(tx.db, tx.tenantId, id, tx.now());
    if (!row) throw notFound("open invitation");
    await tx.audit({ action: "invitation.revoked", subject: { kind: "invitation", id, name: row.email } });
    return toInvitation(row, tx.now());
  });
}
