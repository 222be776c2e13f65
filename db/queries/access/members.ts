import { and, asc, eq, gt, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members, people } from "@/db/schema/access";
import type { Role } from "@/lib/domain/access/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

const columns = {
  id: members.id,
  personId: members.personId,
  role: members.role,
  name: people.name,
  email: people.email,
  createdAt: members.createdAt,
  updatedAt: members.updatedAt,
};

export async function insertMember(
  db: Db,
  tenantId: TenantId,
  member: { id: string; personId: string; role: Role; createdAt?: Date },
) {
  const rows = await db
    .insert(members)
    .values({ tenantId, ...member })
    .onConflictDoNothing({ target: [members.tenantId, members.personId] })
    .returning({ id: members.id });
  return rows[0] ?? null;
}

/** In the order of joining. */
export async function listMembers(
  db: Db,
  tenantId: TenantId,
  filter: { search?: string; role?: Role },
  page: { afterId?: string; skip?: number; limit: number },
) {
  const pattern = filter.search && `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`;
  const wanted: (SQL | undefined)[] = [
    eq(members.tenantId, tenantId),
    filter.role && eq(members.role, filter.role),
    pattern ? or(ilike(people.name, pattern), ilike(people.email, pattern)) : undefined,
    page.afterId ? gt(members.id, page.afterId) : undefined,
  ];
  return db
    .select(columns)
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(...wanted))
    .orderBy(asc(members.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

/** Locked, because a role change counts owners: two owners who demote each other at once must not both succeed. */
export async function lockMember(db: Db, tenantId: TenantId, id: string) {
  await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.role, "owner")))
    .orderBy(asc(members.id))
    .for("update");
  const rows = await db
    .select(columns)
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.tenantId, tenantId), eq(members.id, id)))
    .for("update", { of: members });
  return rows[0] ?? null;
}

export async function countOwners(db: Db, tenantId: TenantId): Promise<number> {
  return db.$count(members, and(eq(members.tenantId, tenantId), eq(members.role, "owner")));
}

export async function moveMemberRole(db: Db, tenantId: TenantId, id: string, from: Role, to: Role) {
  const rows = await db
    .update(members)
    .set({ role: to, updatedAt: sql`now()` })
    .where(and(eq(members.tenantId, tenantId), eq(members.id, id), eq(members.role, from)))
    .returning({ id: members.id });
  return rows.length === 1;
}

export async function deleteMember(db: Db, tenantId: TenantId, id: string) {
  await db.delete(members).where(and(eq(members.tenantId, tenantId), eq(members.id, id)));
}
