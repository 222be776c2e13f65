import { addMs, dayMs, hourMs, minuteMs, secondMs } from "@/lib/kernel/time";

/** How many tries a window allows before waiting begins, and how long it can get. Never a lock without an end. */
export type ThrottleRule = { free: number; windowMs: number; firstWaitMs: number; longestWaitMs: number };

export const throttleRules = {
  /** Guessing one account's password or code. */
  account: { free: 5, windowMs: hourMs, firstWaitMs: 2 * secondMs, longestWaitMs: 15 * minuteMs },
  /** One address trying many accounts; an office shares an address, so it is wider. */
  address: { free: 30, windowMs: hourMs, firstWaitMs: 2 * secondMs, longestWaitMs: 15 * minuteMs },
  /** Everybody together: the sign of an attack from many addresses; short waits only. */
  everyone: { free: 1_000, windowMs: hourMs, firstWaitMs: secondMs, longestWaitMs: 10 * secondMs },
  /** Mails that a stranger can make us send to one person. */
  mail: { free: 5, windowMs: dayMs / 4, firstWaitMs: minuteMs, longestWaitMs: hourMs },
  /** Letters that one workspace sends to people who have not asked for them. */
  invitations: { free: 200, windowMs: hourMs, firstWaitMs: minuteMs, longestWaitMs: hourMs },
} as const satisfies Record<string, ThrottleRule>;
export type ThrottleKind = keyof typeof throttleRules;

export type ThrottleState = { attempts: number; windowEndsAt: Date; blockedUntil: Date | null };
export type Throttled = { kind: "go" } | { kind: "wait"; seconds: number };

export function mayTry(state: ThrottleState | null, now: Date): Throttled {
  if (!state?.blockedUntil || state.blockedUntil <= now) return { kind: "go" };
  return { kind: "wait", seconds: Math.ceil((state.blockedUntil.getTime() - now.getTime()) / 1000) };
}

/** The state after one more attempt: beyond the free ones each doubles the wait. */
export function countAttempt(state: ThrottleState | null, rule: ThrottleRule, now: Date): ThrottleState {
  const fresh = !state || state.windowEndsAt <= now;
  const attempts = fresh ? 1 : state.attempts + 1;
  const windowEndsAt = fresh ? addMs(now, rule.windowMs) : state.windowEndsAt;
  const beyond = attempts - rule.free;
  if (beyond < 0) return { attempts, windowEndsAt, blockedUntil: null };
  const waitMs = Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** Math.min(beyond, 20));
  const blockedUntil = addMs(now, waitMs);
  // A wait must not be forgotten because its window happened to end first.
  return { attempts, windowEndsAt: later(blockedUntil, windowEndsAt), blockedUntil };
}

/**
 * The state after an attempt turned out right: it counted only while it was being checked. `claimed` is the wait that it
 * began itself; one that somebody else began since then stays.
 */
export function takeBackAttempt(state: ThrottleState, claimed: Date | null): ThrottleState {
  const isOwnWait = state.blockedUntil !== null && state.blockedUntil.getTime() === claimed?.getTime();
  return {
    ...state,
    attempts: Math.max(0, state.attempts - 1),
    blockedUntil: isOwnWait ? null : state.blockedUntil,
  };
}

function later(a: Date, b: Date): Date {
  return new Date(Math.max(a.getTime(), b.getTime()));
}
