import type { z } from "zod";
import { isMemberByEmail, setMailProblem, upsertInvitation } from "@/db/queries/access/invitations";
import { findWorkspace } from "@/db/queries/access/workspaces";
import { roleLabels } from "@/lib/domain/access/labels";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import type { Invitation, NewInvitationRequest } from "@/lib/domain/access/shapes";
import { invitationState } from "@/lib/domain/access/states";
import type { Role } from "@/lib/domain/access/vocabulary";
import { AppError, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { addMs, dayMs } from "@/lib/kernel/time";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { refuseBeyondKey } from "./change-member-role";
import { sendLetter } from "./system-mail";
import { limitInvitation } from "./throttle";

export const invitationLifeMs = 7 * dayMs;
type Row = Awaited<ReturnType<typeof upsertInvitation>>;

/** Invites an address; inviting it again renews the link. Only an owner makes an owner. */
export async function inviteMember(ctx: Context, request: z.output<typeof NewInvitationRequest>): Promise<Invitation> {
  requireScope(ctx, "members:write");
  if (request.role === "owner" && !(ctx.actor.kind === "person" && ctx.actor.role === "owner")) {
    throw new AppError("forbidden", "Only an owner can invite an owner.", { reason: "needs_owner" });
  }
  refuseBeyondKey(ctx, request.role);
  return transaction(ctx, async (tx) => {
    const workspace = await findWorkspace(tx.db, tx.tenantId);
    if (!workspace) throw notFound("workspace");
    return toInvitation(await writeInvitation(tx, request, workspace.name), tx.now());
  });
}

export async function writeInvitation(
  tx: Tx,
  request: { email: string; role: Role; metadata?: Record<string, unknown> },
  workspaceName: string,
): Promise<Row> {
  if (await isMemberByEmail(tx.db, tx.tenantId, request.email)) {
    throw new AppError("conflict", "This person is a member already.", { reason: "already_member" });
  }
  const token = newToken();
  const now = tx.now();
  await limitInvitation(tx.tenantId, request.email, now);
  const row = await upsertInvitation(tx.db, tx.tenantId, {
    id: uuidv7(now.getTime()),
    email: request.email,
    role: request.role,
    tokenHash: hashSecret(token),
    invitedBy: tx.actor.kind === "person" ? tx.actor.id : null,
    sentAt: now,
    expiresAt: addMs(now, invitationLifeMs),
    metadata: request.metadata,
  });
  await tx.audit({
    action: "invitation.sent",
    subject: { kind: "invitation", id: row.id, name: row.email },
    after: { email: row.email, role: row.role },
  });
  tx.afterCommit(() => mailInvitation(tx, row, token, workspaceName));
  return row;
}

/** Sent after the commit; what stands against it is noted on the row, where whoever invited will see it. */
export async function mailInvitation(tx: Tx, row: Row, token: string, workspaceName: string): Promise<void> {
  const outcome = await sendLetter(
    tx,
    row.email,
    {
      subject: `${tx.actor.name} invites you to ${workspaceName}`,
      lines: [
        "Hello,",
        `${tx.actor.name} would like you to join ${workspaceName} at Madan Sara as ${roleLabels[row.role].label.toLowerCase()}.`,
        "The link is good for seven days.",
      ],
      action: { label: "See the invitation", path: `/invitations#${token}` },
      footer: "If you do not know why, ignore the letter: without the link nothing happens.",
    },
    `invitation:${row.id}:${row.sentAt.getTime()}`,
  );
  const problem = outcome.kind === "refused" ? outcome.because.slice(0, 500) : null;
  if (problem === row.mailProblem) return;
  const { tx: _, idempotency: __, ...outside } = tx;
  await transaction(outside, (fresh) => setMailProblem(fresh.db, fresh.tenantId, row.id, problem));
}

export function toInvitation(row: Row, now: Date): Invitation {
  const { id, email, role, sentAt, expiresAt, acceptedAt, mailProblem, createdAt, updatedAt } = row;
  const metadata = (row.metadata ?? null) as Invitation["metadata"];
  const state = invitationState(row, now);
  return { id, email, role, state, sentAt, expiresAt, acceptedAt, mailProblem, metadata, createdAt, updatedAt };
}
