import { and, asc, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { invitations, members, people, workspaces } from "@/db/schema/access";
import type { Role } from "@/lib/domain/access/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewInvitation = {
  id: string;
  email: string;
  role: Role;
  tokenHash: string;
  invitedBy: string | null;
  sentAt: Date;
  expiresAt: Date;
  metadata?: Record<string, unknown>;
};

const open = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

/** Inviting an address again renews the open invitation: one address, one open link. */
export async function upsertInvitation(db: Db, tenantId: TenantId, invitation: NewInvitation) {
  const { role, tokenHash, invitedBy, sentAt, expiresAt, metadata } = invitation;
  const rows = await db
    .insert(invitations)
    .values({ tenantId, ...invitation })
    .onConflictDoUpdate({
      target: [invitations.tenantId, invitations.email],
      targetWhere: sql`accepted_at is null and revoked_at is null`,
      set: { role, tokenHash, invitedBy, sentAt, expiresAt, metadata, updatedAt: sql`now()` },
    })
    .returning();
  const row = rows[0];
  if (!row) throw new Error("The invitation was not written.");
  return row;
}

/** Newest first. */
export async function listInvitations(
  db: Db,
  tenantId: TenantId,
  page: { beforeId?: string; skip?: number; limit: number },
) {
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenantId), page.beforeId ? lt(invitations.id, page.beforeId) : undefined))
    .orderBy(desc(invitations.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function renewInvitation(
  db: Db,
  tenantId: TenantId,
  id: string,
  renewal: { tokenHash: string; sentAt: Date; expiresAt: Date },
) {
  const rows = await db
    .update(invitations)
    .set({ ...renewal, updatedAt: sql`now()` })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id), open))
    .returning();
  return rows[0] ?? null;
}

export async function revokeInvitation(db: Db, tenantId: TenantId, id: string, now: Date) {
  const rows = await db
    .update(invitations)
    .set({ revokedAt: now, updatedAt: sql`now()` })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id), open))
    .returning();
  return rows[0] ?? null;
}

/** A guarded move: of two tabs that accept the same invitation, one joins. */
export async function acceptInvitation(db: Db, tenantId: TenantId, id: string, now: Date) {
  const rows = await db
    .update(invitations)
    .set({ acceptedAt: now, updatedAt: sql`now()` })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id), open, gt(invitations.expiresAt, now)))
    .returning();
  return rows[0] ?? null;
}

/** For the gate: whose invitation is this link? */
export async function findInvitationByToken(db: Db, tokenHash: string) {
  const rows = await db
    .select({
      tenantId: invitations.tenantId,
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      expiresAt: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      revokedAt: invitations.revokedAt,
      workspaceName: workspaces.name,
      invitedByName: people.name,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.tenantId, invitations.tenantId))
    .leftJoin(people, eq(people.id, invitations.invitedBy))
    .where(eq(invitations.tokenHash, tokenHash));
  return rows[0] ?? null;
}

export async function isMemberByEmail(db: Db, tenantId: TenantId, email: string): Promise<boolean> {
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.tenantId, tenantId), eq(people.email, email)))
    .orderBy(asc(members.id))
    .limit(1);
  return rows.length === 1;
}

export async function setMailProblem(db: Db, tenantId: TenantId, id: string, problem: string | null) {
  await db
    .update(invitations)
    .set({ mailProblem: problem })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id)));
}
