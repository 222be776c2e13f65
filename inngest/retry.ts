export type Backoff = { baseMs: number; capMs: number; jitter: () => number };

export const defaultBackoff: Backoff = { baseMs: 2_000, capMs: 3_600_000, jitter: Math.random };

/**
 * How long until try number `attempt + 2`: doubling, capped, and spread over its upper half, so that what failed together
 * does not come back together. What the function itself asked for wins, up to six hours.
 */
export function retryDelayMs(attempt: number, askedMs: number | null, backoff: Backoff): number {
  if (askedMs !== null) return Math.max(0, Math.min(askedMs, 6 * 3_600_000));
  const full = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(full / 2 + (full / 2) * backoff.jitter());
}

/** `retry-after` as the SDK sends it: seconds, or a date. */
export function askedDelayMs(header: string | null | undefined, now: number): number | null {
  if (!header) return null;
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
