import type { Channel } from "@/lib/domain/channels/vocabulary";
import { type EngagementKind, engagementKinds } from "./vocabulary";

/** Something that happened between us and a person on a channel, once or several times up to `at`. */
export type EngagementFact = { contactId: string; channel: Channel; kind: EngagementKind; at: Date; count?: number };

export type EngagementTotal = { contactId: string; channel: Channel } & Record<EngagementKind, number> &
  Partial<Record<`${EngagementKind}At`, Date | null>>;

export type Milestones = {
  contactId: string;
  firstPurchaseAt: Date | null;
  lastPurchaseAt: Date | null;
  lastReplyAt: Date | null;
};

/** Facts in any order become one total a contact and channel: counts add up, the latest time of each kind stands. */
export function totalEngagement(facts: readonly EngagementFact[]): EngagementTotal[] {
  const totals = new Map<string, EngagementTotal>();
  for (const { contactId, channel, kind, at, count = 1 } of facts) {
    const key = `${contactId} ${channel}`;
    const total = totals.get(key) ?? { contactId, channel, ...nothing };
    total[kind] += count;
    const known = total[`${kind}At`];
    if (!known || known < at) total[`${kind}At`] = at;
    totals.set(key, total);
  }
  return [...totals.values()];
}

/** What facts say of a person whatever the channel: the first and last purchase, the last word to us. */
export function milestonesOf(facts: readonly EngagementFact[]): Milestones[] {
  const found = new Map<string, Milestones>();
  for (const { contactId, kind, at } of facts) {
    if (kind !== "converted" && kind !== "replied") continue;
    const known = found.get(contactId) ?? { contactId, firstPurchaseAt: null, lastPurchaseAt: null, lastReplyAt: null };
    if (kind === "replied") known.lastReplyAt = latest(known.lastReplyAt, at);
    else {
      known.firstPurchaseAt = known.firstPurchaseAt && known.firstPurchaseAt < at ? known.firstPurchaseAt : at;
      known.lastPurchaseAt = latest(known.lastPurchaseAt, at);
    }
    found.set(contactId, known);
  }
  return [...found.values()];
}

const nothing = Object.fromEntries(engagementKinds.map((kind) => [kind, 0])) as Record<EngagementKind, number>;
const latest = (known: Date | null, at: Date) => (known && known > at ? known : at);
