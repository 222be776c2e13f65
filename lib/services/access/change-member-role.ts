import { countOwners, lockMember, moveMemberRole } from "@/db/queries/access/members";
import { decideRoleChange, scopesReach } from "@/lib/domain/access/permissions";
import type { Member } from "@/lib/domain/access/shapes";
import type { Role } from "@/lib/domain/access/vocabulary";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, type Tx, transaction } from "../context";

export async function changeMemberRole(ctx: Context, id: string, role: Role): Promise<Member> {
  requireScope(ctx, "members:write");
  return transaction(ctx, async (tx) => {
    const member = await lockMember(tx.db, tx.tenantId, id);
    if (!member) throw notFound("member");
    if (member.role === role) return member;
    await refuseBadChange(tx, member.role, role);
    refuseBeyondKey(tx, role);
    await moveMemberRole(tx.db, tx.tenantId, id, member.role, role);
    await tx.audit({
      action: "member.role_changed",
      subject: { kind: "member", id, name: member.name },
      before: { role: member.role },
      after: { role },
    });
    return { ...member, role, updatedAt: tx.now() };
  });
}

export function refuseBeyondKey(ctx: Pick<Context, "actor">, role: Role): void {
  if (ctx.actor.kind !== "key" || scopesReach(ctx.actor.scopes, role)) return;
  throw new AppError("forbidden", `This key cannot make someone ${role}: the role may do more than the key.`, {
    reason: "role_beyond_own",
  });
}

/** A key acts with an admin's reach at most: owners are made and unmade by owners. */
export async function refuseBadChange(tx: Tx, from: Role, to: Role | "removed") {
  const actor = tx.actor.kind === "person" ? tx.actor.role : "admin";
  const verdict = decideRoleChange({ actor, from, to, ownersLeft: await countOwners(tx.db, tx.tenantId) });
  if (verdict.kind === "yes") return;
  const message = {
    needs_owner: "Only an owner can make, change or remove an owner.",
    last_owner: "A workspace needs an owner. Make someone else an owner first.",
  }[verdict.because];
  throw new AppError(verdict.because === "last_owner" ? "conflict" : "forbidden", message, { reason: verdict.because });
}
