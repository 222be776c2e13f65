import { randomBytes } from "node:crypto";
import { demoEmail, demoHandle } from "@/lib/domain/access/demo";
import { hashSecret, newKey, newToken } from "@/lib/domain/access/secrets";
import type { AuditAction, AuditSubject, Role } from "@/lib/domain/access/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { provenTenant, type TenantId } from "@/lib/kernel/tenant";
import { dayMs, hourMs, minuteMs } from "@/lib/kernel/time";
import type { Db } from "./client";
import { makeEvent, makeFunction, makeRun, makeStep } from "./factories/engine";
import { insertAuditLine } from "./queries/access/audit";
import { upsertInvitation } from "./queries/access/invitations";
import { insertApiKey, revokeApiKey } from "./queries/access/keys";
import { insertMember } from "./queries/access/members";
import { findPersonByEmail, insertPerson, saveSecrets, updatePerson } from "./queries/access/people";
import { insertSession } from "./queries/access/sessions";
import { findWorkspaceByHandle, insertWorkspace, updateWorkspace } from "./queries/access/workspaces";
import { asGateInTransaction } from "./system";
import { withTenant } from "./tenant";

/**
 * A believable workspace with every state on show: Atelye Lakay, a textile shop in Port-au-Prince that sells abroad.
 * The workspace is one transaction, so a start that is killed in the middle leaves nothing half made.
 */
type Cast = { name: string; email: string; role: Role; daysAgo: number };
const team: [Cast, ...Cast[]] = [
  { name: "Rose-Laure Pierre", email: demoEmail, role: "owner", daysAgo: 64 },
  { name: "Kervens Augustin", email: "kervens@atelye-lakay.test", role: "admin", daysAgo: 63 },
  { name: "Nadège Louis", email: "nadege@atelye-lakay.test", role: "marketer", daysAgo: 58 },
  { name: "Wilner Dorval", email: "wilner@atelye-lakay.test", role: "approver", daysAgo: 41 },
  { name: "Claudine Baptiste", email: "claudine@atelye-lakay.test", role: "viewer", daysAgo: 12 },
];

/** Null where the demo is there already. `hashPassword` is handed in: hashing is a provider's business, not the database's. */
export async function seed(
  hashPassword: (password: string) => Promise<string>,
  now = new Date(),
): Promise<{ email: string; password: string } | null> {
  const known = await asGateInTransaction((db) => findWorkspaceByHandle(db, demoHandle));
  if (known) return null;
  const password = newDemoPassword();
  const ids = await makeTeam(await hashPassword(password), now);
  const tenantId = provenTenant(uuidv7(now.getTime()));
  await withTenant(tenantId, "read write", (db) => fillWorkspace(db, tenantId, ids, now));
  await makeSessions(ids[0] ?? "", tenantId, now);
  await makeRuns(tenantId, now);
  return { email: demoEmail, password };
}

/** A new password for the demo's owner, where the one that was kept got lost. */
export async function renewDemoPassword(hashPassword: (password: string) => Promise<string>) {
  const password = newDemoPassword();
  const passwordHash = await hashPassword(password);
  return asGateInTransaction(async (db) => {
    const owner = await findPersonByEmail(db, demoEmail);
    if (!owner) return null;
    await saveSecrets(db, owner.id, { passwordHash });
    return { email: demoEmail, password };
  });
}

/** Five short groups: easy to type from a terminal, 100 bits. */
function newDemoPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const word = Array.from(randomBytes(20), (byte) => letters[byte % letters.length]).join("");
  return word.match(/.{4}/g)?.join("-") ?? word;
}

async function makeTeam(ownersHash: string, now: Date): Promise<string[]> {
  return asGateInTransaction(async (db) => {
    const ids: string[] = [];
    for (const { name, email, daysAgo } of team) {
      const at = now.getTime() - daysAgo * dayMs;
      const person = (await insertPerson(db, { id: uuidv7(at), email, name })) ?? (await findPersonByEmail(db, email));
      if (!person) throw new Error(`The demo person ${email} was not written.`);
      ids.push(person.id);
    }
    await saveSecrets(db, ids[0] ?? "", { passwordHash: ownersHash });
    await updatePerson(db, ids[0] ?? "", { timeZone: "America/Port-au-Prince" });
    return ids;
  });
}

async function fillWorkspace(db: Db, tenantId: TenantId, ids: string[], now: Date) {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  await insertWorkspace(db, tenantId, {
    name: "Atelye Lakay",
    handle: demoHandle,
    timeZone: "UTC",
    currency: "USD",
    organisationId: null,
  });

  type Line = { at: Date; by: number; action: AuditAction; subject: [AuditSubject, string | null, string] };
  const lines: (Line & { before?: Record<string, unknown>; after?: Record<string, unknown> })[] = [];
  const [rose, kervens] = [0, 1];

  lines.push({
    at: ago(64 * dayMs),
    by: rose,
    action: "workspace.created",
    subject: ["workspace", tenantId, "Atelye Lakay"],
    after: { name: "Atelye Lakay", owner: demoEmail },
  });
  lines.push({
    at: ago(64 * dayMs - 9 * minuteMs),
    by: rose,
    action: "workspace.updated",
    subject: ["workspace", tenantId, "Atelye Lakay"],
    before: { time_zone: "UTC" },
    after: { time_zone: "America/Port-au-Prince" },
  });
  await updateWorkspace(db, tenantId, { timeZone: "America/Port-au-Prince" });

  for (const [index, member] of team.entries()) {
    const joinedAt = ago(member.daysAgo * dayMs);
    const id = uuidv7(joinedAt.getTime());
    await insertMember(db, tenantId, { id, personId: ids[index] ?? "", role: member.role, createdAt: joinedAt });
    if (index === 0) continue;
    const invited = uuidv7(ago(member.daysAgo * dayMs + 3 * hourMs).getTime());
    lines.push({
      at: ago(member.daysAgo * dayMs + 3 * hourMs),
      by: index > 2 ? kervens : rose,
      action: "invitation.sent",
      subject: ["invitation", invited, member.email],
      after: { email: member.email, role: member.role },
    });
    lines.push({
      at: ago(member.daysAgo * dayMs),
      by: index,
      action: "member.joined",
      subject: ["member", id, member.name],
      after: { email: member.email, role: member.role },
    });
  }

  const invite = async (email: string, role: Role, sentAt: Date, lifeMs: number, by: number) => {
    const row = await upsertInvitation(db, tenantId, {
      id: uuidv7(sentAt.getTime()),
      email,
      role,
      tokenHash: hashSecret(newToken()),
      invitedBy: ids[by] ?? null,
      sentAt,
      expiresAt: new Date(sentAt.getTime() + lifeMs),
    });
    lines.push({
      at: sentAt,
      by,
      action: "invitation.sent",
      subject: ["invitation", row.id, email],
      after: { email, role },
    });
  };
  await invite("fritznel@atelye-lakay.test", "marketer", ago(2 * dayMs), 7 * dayMs, kervens);
  await invite("agence@boutik-quebec.test", "viewer", ago(16 * dayMs), 7 * dayMs, rose);

  type Key = {
    name: string;
    scopes: string[];
    at: Date;
    by: number;
    expiresAt?: Date;
    lastUsedAt?: Date;
    revokedAt?: Date;
  };
  const keys: Key[] = [
    {
      name: "Walker Agent",
      scopes: ["workspace:read", "members:read"],
      at: ago(37 * dayMs),
      by: rose,
      lastUsedAt: ago(14 * minuteMs),
    },
    {
      name: "Order desk sync",
      scopes: ["workspace:read"],
      at: ago(54 * dayMs),
      by: kervens,
      expiresAt: new Date(now.getTime() + 6 * dayMs),
      lastUsedAt: ago(3 * hourMs),
    },
    {
      name: "Trial of the summer",
      scopes: ["*"],
      at: ago(61 * dayMs),
      by: rose,
      lastUsedAt: ago(40 * dayMs),
      revokedAt: ago(39 * dayMs),
    },
  ];
  for (const key of keys) {
    const made = newKey("workspace");
    const id = uuidv7(key.at.getTime());
    await insertApiKey(db, tenantId, {
      id,
      name: key.name,
      prefix: made.prefix,
      secretHash: made.hash,
      scopes: key.scopes,
      createdBy: ids[key.by] ?? null,
      expiresAt: key.expiresAt ?? null,
      createdAt: key.at,
      lastUsedAt: key.lastUsedAt ?? null,
    });
    const after = { scopes: key.scopes, prefix: made.prefix, expires_at: key.expiresAt?.toISOString() ?? null };
    lines.push({ at: key.at, by: key.by, action: "key.created", subject: ["key", id, key.name], after });
    if (!key.revokedAt) continue;
    await revokeApiKey(db, tenantId, id, key.revokedAt);
    lines.push({
      at: key.revokedAt,
      by: kervens,
      action: "key.revoked",
      subject: ["key", id, key.name],
      before: { prefix: made.prefix },
    });
  }

  // Written in the order they happened: the chain numbers them as they come.
  for (const line of lines.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const [kind, id, name] = line.subject;
    const actor = { kind: "person" as const, id: ids[line.by] ?? null, name: team[line.by]?.name ?? "Somebody" };
    await insertAuditLine(db, tenantId, {
      at: line.at,
      actor,
      action: line.action,
      subject: { kind, id, name },
      before: line.before,
      after: line.after,
      ip: "190.115.184.20",
      requestId: null,
    });
  }
}

async function makeSessions(personId: string, tenantId: TenantId, now: Date) {
  const phone =
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
  await asGateInTransaction((db) =>
    insertSession(db, {
      id: uuidv7(now.getTime() - 5 * hourMs),
      personId,
      tokenHash: hashSecret(newToken()),
      method: "link",
      awaitsSecondFactor: false,
      activeTenantId: tenantId,
      ip: "190.115.184.0",
      userAgent: phone,
      now: new Date(now.getTime() - 5 * hourMs),
      expiresAt: new Date(now.getTime() + 20 * dayMs),
    }),
  );
}

const check = { id: "madan-sara-check-audit-chain", event: "audit/check-due" };

/** The nightly check of the audit chain over the last days: one night the database was away, one check was stopped. */
async function makeRuns(tenantId: TenantId, now: Date) {
  // The engine tells at its start what it really is.
  await makeFunction({
    ...{ id: check.id, name: "check-audit-chain" },
    config: { id: check.id, triggers: [{ kind: "event", event: check.event }], tries: 5 },
  });
  const nightOf = (daysAgo: number) => {
    const night = new Date(now.getTime() - daysAgo * dayMs);
    // 03:00 in Port-au-Prince, a little later for each workspace.
    night.setUTCHours(7, 0, 4, 180);
    return night.getTime() < now.getTime() ? night : new Date(night.getTime() - dayMs);
  };
  const about = { functionId: check.id, subjectKind: "workspace", subjectId: tenantId } as const;
  const say = (at: Date) =>
    makeEvent(tenantId, { name: check.event, at, subjectKind: "workspace", subjectId: tenantId });
  const checked = (runId: string, at: Date, lines: number) =>
    makeStep(tenantId, runId, {
      name: "check every line",
      output: { verdict: "intact", lines },
      startedAt: new Date(at.getTime() + 20),
      endedAt: new Date(at.getTime() + 64 + lines * 3),
    });

  for (let daysAgo = 6; daysAgo >= 0; daysAgo--) {
    const at = nightOf(daysAgo);
    const { payload } = await say(at);
    const given = { ...about, events: [payload], eventName: check.event, at };
    const lines = 21 - Math.max(0, daysAgo - 1);
    if (daysAgo === 2) {
      const failed = await makeRun(tenantId, { ...given, scene: "failed", tookMs: 4 * minuteMs + 12_000 });
      await makeStep(tenantId, failed.id, {
        name: "check every line",
        state: "failed",
        attempts: 5,
        startedAt: new Date(at.getTime() + 20),
        endedAt: new Date(at.getTime() + 4 * minuteMs + 11_900),
      });
      const later = new Date(at.getTime() + 4 * hourMs + 26 * minuteMs);
      const replay = await makeRun(tenantId, {
        ...given,
        ...{ at: later, trigger: "replay", replayOf: failed.id, replayFrom: "failure", tookMs: 210 },
        output: { verdict: "intact", lines },
      });
      await checked(replay.id, later, lines);
    } else if (daysAgo === 4) {
      await makeRun(tenantId, { ...given, scene: "cancelled", startedAt: new Date(at.getTime() + 9), tookMs: 38_000 });
    } else {
      const run = await makeRun(tenantId, { ...given, tookMs: 90 + lines * 3, output: { verdict: "intact", lines } });
      await checked(run.id, at, lines);
    }
  }
}
