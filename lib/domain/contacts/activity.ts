import type { Channel } from "@/lib/domain/channels/vocabulary";
import { dayMs } from "@/lib/kernel/time";
import type { ActivityMoment, ContactActivity } from "./activity-shapes";
import type { TimelineItem } from "./timeline-shapes";
import type { EngagementKind } from "./vocabulary";

/** What one source of the time line told, newest first, and whether it would have had more to tell. */
export type ToldLines = { items: readonly TimelineItem[]; isMore: boolean };

/** What is kept of a person without a line of its own for each time. */
export type KnownLasts = {
  channels: readonly {
    channel: Channel;
    counts: Partial<Record<EngagementKind, number>>;
    lastAt: Partial<Record<EngagementKind, Date | null>>;
  }[];
  firstPurchaseAt: Date | null;
  lastPurchaseAt: Date | null;
  lastVisitAt: Date | null;
};

export const activityDays = 90;
const mostMoments = 500;

/**
 * How much there is of each kind, and what lies in the last ninety days, newest first. Of messages, visits and purchases
 * the last of each kind is known without a line: it stands in where no line of the same moment and channel does.
 */
export function tallyActivity(told: readonly ToldLines[], lasts: KnownLasts, now: Date): ContactActivity {
  const since = new Date(now.getTime() - activityDays * dayMs);
  const kinds = new Map<string, { kind: string; count: number; isMore: boolean }>();
  for (const { items, isMore } of told) {
    for (const { kind } of items) {
      const known = kinds.get(kind) ?? { kind, count: 0, isMore: false };
      kinds.set(kind, { kind, count: known.count + 1, isMore: known.isMore || isMore });
    }
  }
  const lines = told
    .flatMap(({ items }) => items)
    .map(({ kind, at, channel, title }): ActivityMoment => ({ kind, at, channel, says: title }));
  const taken = new Set(lines.map(placeOf));
  const moments = [...lines, ...momentsOf(lasts).filter((moment) => !taken.has(placeOf(moment)))]
    .filter(({ at }) => at >= since && at <= now)
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, mostMoments);
  return { since, until: now, kinds: [...kinds.values()], moments };
}

const placeOf = ({ at, channel }: ActivityMoment) => `${channel} ${at.getTime()}`;

function momentsOf({ channels, firstPurchaseAt, lastPurchaseAt, lastVisitAt }: KnownLasts): ActivityMoment[] {
  const moments = channels.flatMap(messageMoments);
  const isSecond = lastPurchaseAt && lastPurchaseAt.getTime() !== firstPurchaseAt?.getTime();
  if (firstPurchaseAt) moments.push({ kind: "purchase", at: firstPurchaseAt, channel: null, says: "First purchase" });
  if (isSecond) moments.push({ kind: "purchase", at: lastPurchaseAt, channel: null, says: "Last purchase" });
  if (lastVisitAt) moments.push({ kind: "visit", at: lastVisitAt, channel: null, says: "Last visit" });
  return moments;
}

const tellingKinds = [
  { kind: "opened", says: "Opened" },
  { kind: "clicked", says: "Clicked" },
  { kind: "replied", says: "Wrote to us" },
] as const;

/** That a message went out says something of the person only as long as nothing came back for it. */
function messageMoments({ channel, counts, lastAt }: KnownLasts["channels"][number]): ActivityMoment[] {
  const moments = tellingKinds.flatMap(({ kind, says }): ActivityMoment[] => {
    const at = lastAt[kind];
    const count = counts[kind] ?? 0;
    return at ? [{ kind, at, channel, says: count > 1 ? `${says}, the last of ${count}` : says }] : [];
  });
  const { sent } = lastAt;
  const isUnanswered = sent && moments.every(({ at }) => at < sent);
  return isUnanswered ? [...moments, { kind: "sent", at: sent, channel, says: "Sent, not opened since" }] : moments;
}
