import type { Db } from "@/db/client";
import { clearThrottle, findThrottles, lockThrottle, saveThrottle } from "@/db/queries/access/throttles";
import { asGate, asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import {
  countAttempt,
  mayTry,
  type ThrottleKind,
  type ThrottleState,
  takeBackAttempt,
  throttleRules,
} from "@/lib/domain/access/throttle";
import { AppError } from "@/lib/kernel/errors";
import { truncateIp } from "@/lib/kernel/ip";

export type Attempt = { kind: ThrottleKind; subject: string };

/** The subject is hashed: a table of throttles must not become a list of addresses someone typed. */
const bucketOf = (attempt: Attempt) => `${attempt.kind}:${hashSecret(attempt.subject).slice(0, 32)}`;

/** What a guess at a person's secret is counted against: the account, the address it comes from, and all together. */
export function guessAttempts(account: string, ip: string | null): Attempt[] {
  return [
    { kind: "account", subject: account },
    { kind: "address", subject: (ip && truncateIp(ip)) ?? "unknown" },
    { kind: "everyone", subject: "sign-in" },
  ];
}

/** Where one attempt was counted, and the wait that it began there. */
export type Claim = { attempt: Attempt; blockedUntil: Date | null }[];

/**
 * Counts an attempt before it is made, under the locks of its buckets: of a thousand guesses sent at once only the free
 * ones are checked at all. Throws with the wait where any bucket is closed; unknown accounts are treated like known ones.
 */
export async function claimAttempt(attempts: Attempt[], now: Date): Promise<Claim> {
  // Who must wait is mostly told so without a lock.
  const known = await asGate((db) => findThrottles(db, attempts.map(bucketOf)));
  refuseToWait(
    attempts.map((attempt) => known.get(bucketOf(attempt)) ?? null),
    now,
  );

  // In one order for everybody, so that two claims never hold what the other waits for.
  const ordered = [...attempts].sort((a, b) => (bucketOf(a) < bucketOf(b) ? -1 : 1));
  return asGateInTransaction(async (db) => {
    const states: (ThrottleState | null)[] = [];
    for (const attempt of ordered) states.push(await lockThrottle(db, bucketOf(attempt), now));
    refuseToWait(states, now);
    const claim: Claim = [];
    for (const [index, attempt] of ordered.entries()) {
      const next = countAttempt(states[index] ?? null, throttleRules[attempt.kind], now);
      await saveThrottle(db, bucketOf(attempt), next);
      claim.push({ attempt, blockedUntil: next.blockedUntil });
    }
    return claim;
  });
}

function refuseToWait(states: (ThrottleState | null)[], now: Date): void {
  const waits = states.map((state) => mayTry(state, now));
  const seconds = Math.max(0, ...waits.map((wait) => (wait.kind === "wait" ? wait.seconds : 0)));
  if (seconds === 0) return;
  throw new AppError("rate_limited", `Too many tries. Wait ${seconds} seconds and try again.`, {
    reason: "throttled",
    retryAfterSeconds: seconds,
  });
}

/** It was right: the account's count is cleared, the others lose this one attempt; an address may still be trying others. */
export async function forgiveAttempt(claim: Claim): Promise<void> {
  for (const { attempt, blockedUntil } of claim) {
    const bucket = bucketOf(attempt);
    if (attempt.kind === "account") await asGate((db) => clearThrottle(db, bucket));
    else await asGateInTransaction((db) => takeBack(db, bucket, blockedUntil));
  }
}

async function takeBack(db: Db, bucket: string, claimed: Date | null): Promise<void> {
  const state = await lockThrottle(db, bucket, new Date(0));
  if (state) await saveThrottle(db, bucket, takeBackAttempt(state, claimed));
}

/** Anybody can open a workspace, and an invitation carries words of theirs to whomever they name. */
export async function limitInvitation(tenantId: string, email: string, now: Date): Promise<void> {
  await claimAttempt(
    [
      { kind: "mail", subject: `invitation to ${email}` },
      { kind: "invitations", subject: tenantId },
    ],
    now,
  );
}
