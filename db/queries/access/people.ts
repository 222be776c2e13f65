import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members, oauthAccounts, people, personSecrets, recoveryCodes, workspaces } from "@/db/schema/access";

export type NewPerson = { id: string; email: string; name: string };

export async function findPersonByEmail(db: Db, email: string) {
  const rows = await db.select().from(people).where(eq(people.email, email));
  return rows[0] ?? null;
}

export async function findPerson(db: Db, id: string) {
  const rows = await db.select().from(people).where(eq(people.id, id));
  return rows[0] ?? null;
}

/** Null where the address already belongs to someone: of two sign-ups that race, one makes the person. */
export async function insertPerson(db: Db, person: NewPerson) {
  const rows = await db.insert(people).values(person).onConflictDoNothing({ target: people.email }).returning();
  return rows[0] ?? null;
}

export async function updatePerson(
  db: Db,
  id: string,
  changes: Partial<{ name: string; locale: string; timeZone: string | null }>,
) {
  const rows = await db
    .update(people)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(people.id, id))
    .returning();
  return rows[0] ?? null;
}

export async function findSecrets(db: Db, personId: string) {
  const rows = await db.select().from(personSecrets).where(eq(personSecrets.personId, personId));
  return rows[0] ?? null;
}

export type SecretChanges = Partial<{
  passwordHash: string | null;
  totpSecret: string | null;
  totpConfirmedAt: Date | null;
  totpLastStep: number | null;
}>;

export async function saveSecrets(db: Db, personId: string, changes: SecretChanges) {
  await db
    .insert(personSecrets)
    .values({ personId, ...changes })
    .onConflictDoUpdate({ target: personSecrets.personId, set: { ...changes, updatedAt: sql`now()` } });
}

/** True once for a step: of two requests with the same code, the later finds the step already used. */
export async function spendTotpStep(db: Db, personId: string, step: number): Promise<boolean> {
  const rows = await db
    .update(personSecrets)
    .set({ totpLastStep: step })
    .where(
      and(
        eq(personSecrets.personId, personId),
        sql`(${personSecrets.totpLastStep} is null or ${personSecrets.totpLastStep} < ${step})`,
      ),
    )
    .returning({ id: personSecrets.personId });
  return rows.length === 1;
}

export async function replaceRecoveryCodes(db: Db, personId: string, codeHashes: string[]) {
  await db.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
  if (codeHashes.length > 0)
    await db.insert(recoveryCodes).values(codeHashes.map((codeHash) => ({ personId, codeHash })));
}

/** True once for a code. */
export async function spendRecoveryCode(db: Db, personId: string, codeHash: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(eq(recoveryCodes.personId, personId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)),
    )
    .returning({ hash: recoveryCodes.codeHash });
  return rows.length === 1;
}

export async function countRecoveryCodes(db: Db, personId: string): Promise<number> {
  return db.$count(recoveryCodes, and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)));
}

export async function findPersonByOauth(db: Db, provider: string, subject: string) {
  const rows = await db
    .select({ id: people.id, email: people.email, name: people.name })
    .from(oauthAccounts)
    .innerJoin(people, eq(people.id, oauthAccounts.personId))
    .where(and(eq(oauthAccounts.provider, provider), eq(oauthAccounts.subject, subject)));
  return rows[0] ?? null;
}

export async function insertOauthAccount(db: Db, account: { provider: string; subject: string; personId: string }) {
  await db.insert(oauthAccounts).values(account).onConflictDoNothing();
}

/** The workspaces a person belongs to, by name: what the switcher shows. */
export async function listMemberships(db: Db, personId: string) {
  return db
    .select({
      tenantId: members.tenantId,
      memberId: members.id,
      role: members.role,
      name: workspaces.name,
      handle: workspaces.handle,
      organisationId: workspaces.organisationId,
    })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.tenantId, members.tenantId))
    .where(eq(members.personId, personId))
    .orderBy(workspaces.name, workspaces.tenantId)
    .limit(500);
}

export async function findMembership(db: Db, personId: string, tenantId: string) {
  const rows = await db
    .select({ memberId: members.id, role: members.role, tenantId: members.tenantId })
    .from(members)
    .where(and(eq(members.personId, personId), eq(members.tenantId, tenantId)));
  return rows[0] ?? null;
}

/** Those whose second factor is sealed, in the order of their ids. */
export async function listSealedSecrets(db: Db, afterId: string | null, limit: number) {
  const rows = await db
    .select({ personId: personSecrets.personId, totpSecret: personSecrets.totpSecret })
    .from(personSecrets)
    .where(and(isNotNull(personSecrets.totpSecret), afterId ? gt(personSecrets.personId, afterId) : undefined))
    .orderBy(asc(personSecrets.personId))
    .limit(limit);
  return rows.map(({ personId, totpSecret }) => ({ personId, totpSecret: totpSecret ?? "" }));
}
