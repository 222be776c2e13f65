import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members, people, sessions } from "@/db/schema/access";
import type { SignInMethod } from "@/lib/domain/access/vocabulary";

export type NewSession = {
  id: string;
  personId: string;
  tokenHash: string;
  method: SignInMethod;
  awaitsSecondFactor: boolean;
  activeTenantId: string | null;
  ip: string | null;
  userAgent: string | null;
  now: Date;
  expiresAt: Date;
};

export async function insertSession(db: Db, session: NewSession) {
  const { now, ...row } = session;
  await db.insert(sessions).values({ ...row, lastSeenAt: now, provenAt: now, createdAt: now, updatedAt: now });
}

/** Everything one request must know of its caller, in one query: the session, the person, and the role in a workspace. */
export async function loadCaller(db: Db, tokenHash: string, wantedTenant: string | null) {
  const rows = await db
    .select({
      session: {
        id: sessions.id,
        activeTenantId: sessions.activeTenantId,
        awaitsSecondFactor: sessions.awaitsSecondFactor,
        lastSeenAt: sessions.lastSeenAt,
        provenAt: sessions.provenAt,
        expiresAt: sessions.expiresAt,
        method: sessions.method,
      },
      person: {
        id: people.id,
        name: people.name,
        email: people.email,
        locale: people.locale,
        timeZone: people.timeZone,
      },
      member: { id: members.id, role: members.role, tenantId: members.tenantId },
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(
      members,
      and(
        eq(members.personId, people.id),
        wantedTenant ? eq(members.tenantId, wantedTenant) : eq(members.tenantId, sessions.activeTenantId),
      ),
    )
    .where(eq(sessions.tokenHash, tokenHash));
  return rows[0] ?? null;
}

export async function noteSight(db: Db, id: string, now: Date, from: { ip: string | null; userAgent: string | null }) {
  await db
    .update(sessions)
    .set({ lastSeenAt: now, ip: from.ip, userAgent: from.userAgent })
    .where(and(eq(sessions.id, id), sql`${sessions.lastSeenAt} < ${now.toISOString()}::timestamptz`));
}

export async function setActiveTenant(db: Db, id: string, tenantId: string) {
  await db.update(sessions).set({ activeTenantId: tenantId }).where(eq(sessions.id, id));
}

export async function setProven(db: Db, id: string, now: Date) {
  await db.update(sessions).set({ provenAt: now }).where(eq(sessions.id, id));
}

export async function listSessions(db: Db, personId: string, now: Date) {
  return db
    .select({
      id: sessions.id,
      method: sessions.method,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
      lastSeenAt: sessions.lastSeenAt,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), eq(sessions.awaitsSecondFactor, false), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(200);
}

export async function deleteSession(db: Db, personId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(sessions)
    .where(and(eq(sessions.personId, personId), eq(sessions.id, id)))
    .returning({ id: sessions.id });
  return rows.length === 1;
}

/** Whoever holds another session of this person is out at their next request. */
export async function deleteOtherSessions(db: Db, personId: string, keptId: string | null): Promise<number> {
  const rows = await db
    .delete(sessions)
    .where(and(eq(sessions.personId, personId), keptId ? ne(sessions.id, keptId) : undefined))
    .returning({ id: sessions.id });
  return rows.length;
}

export async function deleteSessionByToken(db: Db, tokenHash: string) {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}
