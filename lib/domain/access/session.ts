import { addMs, dayMs, hourMs, minuteMs } from "@/lib/kernel/time";

export const sessionLife = {
  idleMs: 12 * hourMs,
  absoluteMs: 30 * dayMs,
  provenMs: 15 * minuteMs,
  halfOpenMs: 15 * minuteMs,
} as const;

export type SessionFacts = { lastSeenAt: Date; expiresAt: Date; awaitsSecondFactor: boolean };
export type SessionVerdict =
  | { kind: "open" }
  | { kind: "closed"; because: "expired" | "idle" | "second_factor_missing" };

export function judgeSession(session: SessionFacts, now: Date): SessionVerdict {
  if (session.expiresAt <= now) return { kind: "closed", because: "expired" };
  if (addMs(session.lastSeenAt, sessionLife.idleMs) <= now) return { kind: "closed", because: "idle" };
  // A password alone must not wait half a day for somebody who finds the code.
  if (session.awaitsSecondFactor && addMs(session.lastSeenAt, sessionLife.halfOpenMs) <= now)
    return { kind: "closed", because: "expired" };
  if (session.awaitsSecondFactor) return { kind: "closed", because: "second_factor_missing" };
  return { kind: "open" };
}

/** Whether the person proved who they are recently enough for secrets, exports and what cannot be undone. */
export function isFreshlyProven(session: { provenAt: Date }, now: Date): boolean {
  return addMs(session.provenAt, sessionLife.provenMs) > now;
}

/** When a session or a key was last seen is written at most once a minute: precise enough to list, cheap enough for every request. */
export function shouldNoteSight(lastSeenAt: Date | null, now: Date): boolean {
  return lastSeenAt === null || addMs(lastSeenAt, minuteMs) <= now;
}
