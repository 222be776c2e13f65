import { env } from "@/lib/env";

/**
 * A token bucket for each key and each person, in this process's memory: no query, no lock. The price is known: N
 * processes allow N times the limit, and a restart forgets. What must hold exactly (sign-in guesses, money) is counted
 * in PostgreSQL instead.
 */
export type Budget = { limit: number; remaining: number; resetSeconds: number; allowed: boolean };
type Bucket = { tokens: number; at: number };

const mostBuckets = 50_000;
const shared = globalThis as { __madanBuckets?: Map<string, Bucket> };

/** Whether a budget has anything left, without taking from it. */
export function hasToken(subject: string, nowMs: number, limit = env.API_RATE_PER_MINUTE): boolean {
  const known = shared.__madanBuckets?.get(subject);
  return !known || known.tokens + Math.max(0, nowMs - known.at) * (limit / 60_000) >= 1;
}

export function takeToken(subject: string, nowMs: number, limit = env.API_RATE_PER_MINUTE): Budget {
  shared.__madanBuckets ??= new Map();
  const buckets = shared.__madanBuckets;
  const perMs = limit / 60_000;
  const known = buckets.get(subject);
  const tokens = known ? Math.min(limit, known.tokens + Math.max(0, nowMs - known.at) * perMs) : limit;
  const allowed = tokens >= 1;
  const left = allowed ? tokens - 1 : tokens;
  // Taken out and put in again: the map's order is then by last use, and the oldest can be dropped.
  buckets.delete(subject);
  buckets.set(subject, { tokens: left, at: nowMs });
  if (buckets.size > mostBuckets) {
    const oldest = buckets.keys().next().value;
    if (oldest !== undefined) buckets.delete(oldest);
  }
  const missing = allowed ? limit - left : 1 - left;
  return { limit, remaining: Math.floor(left), resetSeconds: Math.max(1, Math.ceil(missing / perMs / 1000)), allowed };
}
