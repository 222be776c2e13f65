import type { Db } from "@/db/client";
import { insertApiKey } from "@/db/queries/access/keys";
import { insertMember } from "@/db/queries/access/members";
import { insertPerson, saveSecrets } from "@/db/queries/access/people";
import { insertSession } from "@/db/queries/access/sessions";
import { insertWorkspace } from "@/db/queries/access/workspaces";
import { asGateInTransaction } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { hashSecret, newKey, newToken } from "@/lib/domain/access/secrets";
import { sessionLife } from "@/lib/domain/access/session";
import type { Role } from "@/lib/domain/access/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { provenTenant, type TenantId } from "@/lib/kernel/tenant";
import { addMs } from "@/lib/kernel/time";

/** One valid row with overrides each: for tests, journeys and the seed. All of them really are written. */

export async function makePerson(overrides: Partial<{ name: string; email: string; passwordHash: string }> = {}) {
  const id = uuidv7();
  const email = overrides.email ?? `person-${id.slice(-12)}@example.test`;
  return asGateInTransaction(async (db) => {
    const row = await insertPerson(db, { id, email, name: overrides.name ?? "Darline Joachim" });
    if (!row) throw new Error(`There is a person with the address ${email} already.`);
    if (overrides.passwordHash) await saveSecrets(db, id, { passwordHash: overrides.passwordHash });
    return row;
  });
}

export async function makeWorkspace(
  overrides: Partial<{ name: string; handle: string; timeZone: string; currency: string; tenantId: string }> = {},
): Promise<{ tenantId: TenantId; name: string; handle: string }> {
  const tenantId = provenTenant(overrides.tenantId ?? uuidv7());
  const name = overrides.name ?? "Atelye Test";
  const handle = overrides.handle ?? `test-${tenantId.slice(-12)}`;
  await withTenant(tenantId, "read write", (db) =>
    insertWorkspace(db, tenantId, {
      name,
      handle,
      timeZone: overrides.timeZone ?? "America/Port-au-Prince",
      currency: overrides.currency ?? "USD",
      organisationId: null,
    }),
  );
  return { tenantId, name, handle };
}

export async function makeMember(
  tenantId: TenantId,
  overrides: Partial<{ role: Role; name: string; email: string; personId: string; passwordHash: string }> = {},
) {
  const role = overrides.role ?? "marketer";
  const person = overrides.personId ? { id: overrides.personId } : await makePerson(overrides);
  const id = uuidv7();
  await withTenant(tenantId, "read write", (db) => insertMember(db, tenantId, { id, personId: person.id, role }));
  return { id, personId: person.id, role };
}

export async function makeKey(
  tenantId: TenantId,
  scopes: string[] = ["*"],
  overrides: Partial<{ name: string; expiresAt: Date; createdBy: string }> = {},
) {
  const key = newKey("workspace");
  const id = uuidv7();
  await withTenant(tenantId, "read write", (db) =>
    insertApiKey(db, tenantId, {
      id,
      name: overrides.name ?? "Test key",
      prefix: key.prefix,
      secretHash: key.hash,
      scopes,
      createdBy: overrides.createdBy ?? null,
      expiresAt: overrides.expiresAt ?? null,
      createdAt: new Date(),
    }),
  );
  return { id, secret: key.secret, prefix: key.prefix };
}

/** A session row and the token its cookie would carry. */
export async function makeSession(
  personId: string,
  overrides: Partial<{
    activeTenantId: string;
    now: Date;
    userAgent: string;
    ip: string;
    awaitsSecondFactor: boolean;
  }> = {},
) {
  const token = newToken();
  const id = uuidv7();
  const now = overrides.now ?? new Date();
  await asGateInTransaction((db: Db) =>
    insertSession(db, {
      id,
      personId,
      tokenHash: hashSecret(token),
      method: "password",
      awaitsSecondFactor: overrides.awaitsSecondFactor ?? false,
      activeTenantId: overrides.activeTenantId ?? null,
      ip: overrides.ip ?? null,
      userAgent: overrides.userAgent ?? null,
      now,
      expiresAt: addMs(now, sessionLife.absoluteMs),
    }),
  );
  return { id, token };
}
