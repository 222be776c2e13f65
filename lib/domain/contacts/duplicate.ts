import type { DuplicateReason } from "./vocabulary";

export type Suspicion = { contactId: string; otherId: string; because: DuplicateReason };
export type SuspectedPair = { contactId: string; otherId: string; because: DuplicateReason[] };

/** The surest first: an address is one person's more often than a name is. */
const sureness: Record<DuplicateReason, number> = { same_email: 4, same_phone: 3, same_name: 1 };

/** Several reasons to suspect one pair become one line, and the pairs with the best reasons come first. */
export function rankPairs(suspicions: readonly Suspicion[]): SuspectedPair[] {
  const pairs = new Map<string, SuspectedPair>();
  for (const { contactId: one, otherId: other, because } of suspicions) {
    if (one === other) continue;
    const [contactId, otherId] = one < other ? [one, other] : [other, one];
    const key = `${contactId} ${otherId}`;
    const pair = pairs.get(key) ?? { contactId, otherId, because: [] };
    if (!pair.because.includes(because)) pair.because.push(because);
    pairs.set(key, pair);
  }
  const weight = (pair: SuspectedPair) => pair.because.reduce((total, reason) => total + sureness[reason], 0);
  return [...pairs.values()].sort(
    (one, other) =>
      weight(other) - weight(one) || order(other.otherId, one.otherId) || order(other.contactId, one.contactId),
  );
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
