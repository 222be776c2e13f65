/** Between which shares the truth lies with 95 %, after `hits` of `looked` were found (Wilson): right at the edges too. */
export function wilson(hits: number, looked: number): { low: number; high: number } {
  if (looked === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = hits / looked;
  const scale = 1 + z ** 2 / looked;
  const middle = (share + z ** 2 / (2 * looked)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / looked + z ** 2 / (4 * looked ** 2));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

export type Count = { count: number; isEstimate: boolean; low: number; high: number };

export const exactly = (count: number): Count => ({ count, isEstimate: false, low: count, high: count });

/** What a sample says of everybody. At least as many as were seen are there, whatever the arithmetic. */
export function estimate(hits: number, looked: number, everybody: number): Count {
  if (looked === 0) return { count: 0, isEstimate: true, low: 0, high: everybody };
  const { low, high } = wilson(hits, looked);
  return {
    count: Math.max(hits, roundly((hits / looked) * everybody)),
    isEstimate: true,
    low: Math.max(hits, Math.floor(low * everybody)),
    high: Math.min(everybody, Math.ceil(high * everybody)),
  };
}

/** Three figures: more would promise what a sample cannot know. */
function roundly(value: number): number {
  if (value < 1_000) return Math.round(value);
  const step = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.round(value / step) * step;
}
