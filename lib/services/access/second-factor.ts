import {
  countRecoveryCodes,
  findPerson,
  findSecrets,
  replaceRecoveryCodes,
  saveSecrets,
  spendRecoveryCode,
  spendTotpStep,
} from "@/db/queries/access/people";
import { deleteOtherSessions, deleteSessionByToken, loadCaller } from "@/db/queries/access/sessions";
import { asGate, asGateInTransaction } from "@/db/system";
import {
  checkTotp,
  newRecoveryCodes,
  newTotpSecret,
  normaliseRecoveryCode,
  totpAddress,
} from "@/lib/domain/access/one-time-code";
import { hashSecret } from "@/lib/domain/access/secrets";
import { judgeSession } from "@/lib/domain/access/session";
import { AppError, invalid } from "@/lib/kernel/errors";
import type { Call, PersonCall } from "../context";
import { requirePersonProof } from "./prove-person";
import { openSession, type Person } from "./sign-in";
import { claimAttempt, forgiveAttempt, guessAttempts } from "./throttle";

const place = (personId: string) => `person_secrets:totp_secret::${personId}` as const;

/** Starts the set-up: the secret counts only once a code of it was given back. */
export async function startSecondFactor(call: PersonCall) {
  requirePersonProof(call);
  const secret = newTotpSecret();
  await asGateInTransaction(async (db) => {
    const secrets = await findSecrets(db, call.person.id);
    if (secrets?.totpConfirmedAt) {
      throw new AppError("conflict", "A second factor is on already. Turn it off first.", { reason: "already_on" });
    }
    const totpSecret = call.ports.secrets.seal(secret, place(call.person.id));
    await saveSecrets(db, call.person.id, { totpSecret, totpLastStep: null });
  });
  return { secret, address: totpAddress(secret, call.person.email) };
}

/** Turns it on, answers the recovery codes once, and signs out every other session: they never gave a second factor. */
export async function confirmSecondFactor(call: PersonCall, code: string) {
  const claim = await claimAttempt(guessAttempts(`code:${call.person.id}`, call.ip), call.now());
  const recoveryCodes = newRecoveryCodes();
  const accepted = await asGateInTransaction(async (db) => {
    const secrets = await findSecrets(db, call.person.id);
    if (!secrets?.totpSecret || secrets.totpConfirmedAt) {
      throw new AppError("conflict", "Start setting up a second factor first.", { reason: "not_started" });
    }
    const secret = call.ports.secrets.open(secrets.totpSecret, place(call.person.id));
    const verdict = checkTotp({ secret, code, now: call.now(), lastStep: secrets.totpLastStep });
    if (verdict.kind === "refuse") return false;
    await saveSecrets(db, call.person.id, { totpConfirmedAt: call.now(), totpLastStep: verdict.step });
    const hashes = recoveryCodes.map((text) => hashSecret(normaliseRecoveryCode(text)));
    await replaceRecoveryCodes(db, call.person.id, hashes);
    await deleteOtherSessions(db, call.person.id, call.session.id);
    return true;
  });
  if (!accepted) {
    throw invalid("/code", "This code is not right. Codes change every 30 seconds; check the clock of your phone.");
  }
  await forgiveAttempt(claim);
  return { recoveryCodes };
}

export async function stopSecondFactor(call: PersonCall) {
  requirePersonProof(call);
  await asGateInTransaction(async (db) => {
    await saveSecrets(db, call.person.id, { totpSecret: null, totpConfirmedAt: null, totpLastStep: null });
    await replaceRecoveryCodes(db, call.person.id, []);
    await deleteOtherSessions(db, call.person.id, call.session.id);
  });
}

/** True where the code is right: one of the app's, or a recovery code, each good once. Counted before it is checked. */
export async function isRightCode(call: Call, personId: string, code: string): Promise<boolean> {
  const claim = await claimAttempt(guessAttempts(`code:${personId}`, call.ip), call.now());
  const right = await asGateInTransaction(async (db) => {
    const secrets = await findSecrets(db, personId);
    if (!secrets?.totpSecret || !secrets.totpConfirmedAt) return false;
    const secret = call.ports.secrets.open(secrets.totpSecret, place(personId));
    const verdict = checkTotp({ secret, code, now: call.now(), lastStep: secrets.totpLastStep });
    if (verdict.kind === "accept") return spendTotpStep(db, personId, verdict.step);
    return spendRecoveryCode(db, personId, hashSecret(normaliseRecoveryCode(code)), call.now());
  });
  if (right) await forgiveAttempt(claim);
  return right;
}

/** The second step of signing in: the half-open session is exchanged for a whole one with a new token. */
export async function finishSignIn(
  call: Call,
  halfToken: string,
  code: string,
): Promise<{ person: Person; token: string } | null> {
  const half = await asGate((db) => loadCaller(db, hashSecret(halfToken), null));
  if (!half) return null;
  const verdict = judgeSession(half.session, call.now());
  if (verdict.kind !== "closed" || verdict.because !== "second_factor_missing") return null;
  if (!(await isRightCode(call, half.person.id, code))) return null;
  await asGate((db) => deleteSessionByToken(db, hashSecret(halfToken)));
  const { token } = await openSession(call, half.person.id, half.session.method, true);
  return { person: half.person, token };
}

export async function describeSecondFactor(personId: string) {
  return asGate(async (db) => {
    const [person, secrets] = [await findPerson(db, personId), await findSecrets(db, personId)];
    return {
      person,
      hasPassword: Boolean(secrets?.passwordHash),
      secondFactor: secrets?.totpConfirmedAt ? ("on" as const) : ("off" as const),
      recoveryCodesLeft: await countRecoveryCodes(db, personId),
    };
  });
}
