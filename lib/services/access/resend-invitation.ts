import { renewInvitation } from "@/db/queries/access/invitations";
import { findWorkspace } from "@/db/queries/access/workspaces";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { notFound } from "@/lib/kernel/errors";
import { addMs } from "@/lib/kernel/time";
import { type Context, requireScope, transaction } from "../context";
import { invitationLifeMs, mailInvitation, toInvitation } from "./invite-member";
import { limitInvitation } from "./throttle";

/** A new link under the same invitation; the old one opens nothing any more. */
export async function resendInvitation(ctx: Context, id: string) {
  requireScope(ctx, "members:write");
  return transaction(ctx, async (tx) => {
    const token = newToken();
    const now = tx.now();
    const row = await renewInvitation(tx.db, tx.tenantId, id, {
      tokenHash: hashSecret(token),
      sentAt: now,
      expiresAt: addMs(now, invitationLifeMs),
    });
    const workspace = await findWorkspace(tx.db, tx.tenantId);
    if (!row || !workspace) throw notFound("open invitation");
    await limitInvitation(tx.tenantId, row.email, now);
    await tx.audit({ action: "invitation.resent", subject: { kind: "invitation", id, name: row.email } });
    tx.afterCommit(() => mailInvitation(tx, row, token, workspace.name));
    return toInvitation(row, now);
  });
}
