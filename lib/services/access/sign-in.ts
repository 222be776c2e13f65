import { spendMailedLink } from "@/db/queries/access/mailed-links";
import {
  findPersonByEmail,
  findPersonByOauth,
  findSecrets,
  insertOauthAccount,
  insertPerson,
  listMemberships,
  saveSecrets,
} from "@/db/queries/access/people";
import { insertSession } from "@/db/queries/access/sessions";
import { asGate, asGateInTransaction } from "@/db/system";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { sessionLife } from "@/lib/domain/access/session";
import type { SignInMethod } from "@/lib/domain/access/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { truncateIp } from "@/lib/kernel/ip";
import { addMs } from "@/lib/kernel/time";
import type { Call } from "../context";
import { claimAttempt, forgiveAttempt, guessAttempts } from "./throttle";

export type Person = { id: string; email: string; name: string };

/** Unknown address, no password set, wrong password: one answer, in the same time. */
export async function checkPassword(call: Call, given: { email: string; password: string }): Promise<Person | null> {
  const email = given.email.trim().toLowerCase();
  const attempts = guessAttempts(email, call.ip);
  const claim = await claimAttempt(attempts, call.now());
  const { person, secrets } = await asGate(async (db) => {
    const found = await findPersonByEmail(db, email);
    return { person: found, secrets: found && (await findSecrets(db, found.id)) };
  });
  const verdict = await call.ports.passwords.verify(given.password.slice(0, 512), secrets?.passwordHash ?? null);
  if (verdict.kind === "wrong" || !person) return null;
  await forgiveAttempt(claim);
  if (verdict.rehash) {
    const passwordHash = await call.ports.passwords.hash(given.password);
    await asGate((db) => saveSecrets(db, person.id, { passwordHash }));
  }
  return person;
}

/** A mailed link is good once; who opens it has proven the address. */
export async function checkSignInLink(call: Call, token: string): Promise<Person | null> {
  return asGateInTransaction(async (db) => {
    const link = await spendMailedLink(db, hashSecret(token), "sign_in", call.now());
    return link ? findPersonByEmail(db, link.email) : null;
  });
}

/**
 * Google and GitHub say who someone is by a subject that never changes. An address they vouch for joins the account of
 * the same address; one they do not vouch for never does, or anybody could claim anybody's account.
 */
export async function checkOauth(
  call: Call,
  account: { provider: string; subject: string; email: string | null; emailIsVerified: boolean; name: string | null },
): Promise<Person | null> {
  return asGateInTransaction(async (db) => {
    const known = await findPersonByOauth(db, account.provider, account.subject);
    if (known) return known;
    const email = account.email?.trim().toLowerCase();
    if (!email || !account.emailIsVerified) return null;
    const person =
      (await findPersonByEmail(db, email)) ??
      (await insertPerson(db, {
        id: uuidv7(call.now().getTime()),
        email,
        name: account.name ?? email.split("@")[0] ?? email,
      }));
    if (!person) return null;
    await insertOauthAccount(db, { provider: account.provider, subject: account.subject, personId: person.id });
    return person;
  });
}

/** A new row and a new token with every sign-in. With a second factor set, it opens nothing until that is given too. */
export async function openSession(call: Call, personId: string, method: SignInMethod, secondFactorGiven = false) {
  const token = newToken();
  const now = call.now();
  const awaitsSecondFactor = await asGateInTransaction(async (db) => {
    const secrets = await findSecrets(db, personId);
    const awaits = Boolean(secrets?.totpConfirmedAt) && !secondFactorGiven;
    const [first] = await listMemberships(db, personId);
    await insertSession(db, {
      id: uuidv7(now.getTime()),
      personId,
      tokenHash: hashSecret(token),
      method,
      awaitsSecondFactor: awaits,
      activeTenantId: first?.tenantId ?? null,
      ip: call.ip && truncateIp(call.ip),
      userAgent: call.userAgent?.slice(0, 400) ?? null,
      now,
      expiresAt: addMs(now, sessionLife.absoluteMs),
    });
    return awaits;
  });
  return { token, awaitsSecondFactor };
}
