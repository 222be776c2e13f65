import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys, invitations, workspaces } from "@/db/schema/access";
import type { TenantId } from "@/lib/kernel/tenant";

/** Invitations somebody could still accept. */
export async function listOpenInvitations(db: Db, tenantId: TenantId, now: Date) {
  return db
    .select({
      email: invitations.email,
      sentAt: invitations.sentAt,
      expiresAt: invitations.expiresAt,
      mailProblem: invitations.mailProblem,
    })
    .from(invitations)
    .where(
      and(
        eq(invitations.tenantId, tenantId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .limit(1_000);
}

export async function listActiveKeys(db: Db, tenantId: TenantId, now: Date) {
  return db
    .select({
      name: apiKeys.name,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.tenantId, tenantId),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
      ),
    )
    .limit(1_000);
}

export async function findOpenSettings(db: Db, tenantId: TenantId) {
  const rows = await db
    .select({
      timeZone: workspaces.timeZone,
      currency: workspaces.currency,
      postalAddress: workspaces.postalAddress,
      wasEverSaved: sql<boolean>`${workspaces.updatedAt} > ${workspaces.createdAt}`,
    })
    .from(workspaces)
    .where(eq(workspaces.tenantId, tenantId));
  return rows[0] ?? null;
}

/**
 * The end of the chain only: the overview asks with every visit, and a long log must not make it slow. The whole chain
 * is recomputed where somebody asks for that.
 */
export async function findBrokenTail(db: Db, tenantId: TenantId, lines: number): Promise<number | null> {
  const rows = await db.execute<{ first_broken: string | null }>(sql`
    with tail as (
      select * from audit_lines where tenant_uuid = ${tenantId} order by seq desc limit ${lines}
    ), links as (
      select seq, hash, prev_hash, audit_line_hash(l) as expected,
             lag(hash) over (order by seq) as before_hash,
             lag(seq) over (order by seq) as before_seq
      from audit_lines l where tenant_uuid = ${tenantId} and seq >= (select min(seq) from tail)
    ), ends as (
      select coalesce(max(seq), 0) as last_seq,
             coalesce((array_agg(hash order by seq desc))[1], '') as last_hash
      from links
    ), heads as (
      select coalesce(max(seq), 0) as seq, coalesce(max(hash), '') as hash
      from audit_heads where tenant_uuid = ${tenantId}
    )
    select coalesce(
      (select min(seq) from links
        where hash <> expected or prev_hash <> before_hash or seq <> before_seq + 1),
      (select last_seq + 1 from ends, heads where last_seq <> heads.seq or last_hash <> heads.hash)
    ) as first_broken`);
  const broken = rows[0]?.first_broken ?? null;
  return broken === null ? null : Number(broken);
}
