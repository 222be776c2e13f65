import { clearThrottle, findThrottles, lockThrottle, saveThrottle } from "@/db/queries/access/throttles";
import { asGate, asGateInTransaction } from "@/db/system";
import { hashSecret } from "@/lib/domain/access/secrets";
import { countAttempt, mayTry, type ThrottleKind, throttleRules } from "@/lib/domain/access/throttle";
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

/** Throws with the wait where any of the buckets is closed; unknown accounts are treated exactly like known ones. */
export async function refuseIfThrottled(attempts: Attempt[], now: Date): Promise<void> {
  const states = await asGate((db) => findThrottles(db, attempts.map(bucketOf)));
  const waits = attempts.map((attempt) => mayTry(states.get(bucketOf(attempt)) ?? null, now));
  const seconds = Math.max(0, ...waits.map((wait) => (wait.kind === "wait" ? wait.seconds : 0)));
  if (seconds > 0) {
    throw new AppError("rate_limited", `Too many tries. Wait ${seconds} seconds and try again.`, {
      reason: "throttled",
      retryAfterSeconds: seconds,
    });
  }
}

export async function countAttempts(attempts: Attempt[], now: Date): Promise<void> {
  for (const attempt of attempts) {
    const bucket = bucketOf(attempt);
    await asGateInTransaction(async (db) => {
      const state = await lockThrottle(db, bucket, now);
      await saveThrottle(db, bucket, countAttempt(state, throttleRules[attempt.kind], now));
    });
  }
}

/** The right password clears the account's count, not the address's: that one may still be trying others. */
export async function forgiveAccount(account: string): Promise<void> {
  await asGate((db) => clearThrottle(db, bucketOf({ kind: "account", subject: account })));
}
