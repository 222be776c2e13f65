import { deleteMember, lockMember } from "@/db/queries/access/members";
import { notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { refuseBadChange } from "./change-member-role";

/** Removes someone, or lets someone go by themselves. Their sessions stay: they may belong to other workspaces. */
export async function removeMember(ctx: Context, id: string) {
  return transaction(ctx, async (tx) => {
    const member = await lockMember(tx.db, tx.tenantId, id);
    const isSelf = member !== null && tx.actor.kind === "person" && tx.actor.id === member.personId;
    if (!isSelf) requireScope(tx, "members:write");
    if (!member) throw notFound("member");
    await refuseBadChange(tx, member.role, "removed");
    await deleteMember(tx.db, tx.tenantId, id);
    await tx.audit({
      action: isSelf ? "member.left" : "member.removed",
      subject: { kind: "member", id, name: member.name },
      before: { email: member.email, role: member.role },
    });
    return member;
  });
}
