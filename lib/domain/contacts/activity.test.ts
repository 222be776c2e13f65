import { describe, expect, it } from "vitest";
import { type KnownLasts, tallyActivity } from "./activity";
import type { TimelineItem } from "./timeline-shapes";

const now = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const nothing: KnownLasts = { channels: [], firstPurchaseAt: null, lastPurchaseAt: null, lastVisitAt: null };
const line = (id: string, kind: string, at: Date, channel: TimelineItem["channel"] = null): TimelineItem => ({
  ...{ id, kind, at, channel, title: `${kind} ${id}` },
  ...{ actor: null, detail: null, href: null },
});

describe("what happened with a person", () => {
  it("is counted by kind however long ago, and drawn for ninety days, newest first", () => {
    const notes = [line("a", "note", daysAgo(1)), line("b", "note", daysAgo(200))];
    const { kinds, moments, since } = tallyActivity(
      [
        { items: notes, isMore: false },
        { items: [line("c", "task", daysAgo(0.5))], isMore: true },
      ],
      nothing,
      now,
    );
    expect(kinds).toEqual([
      { kind: "note", count: 2, isMore: false },
      { kind: "task", count: 1, isMore: true },
    ]);
    expect(moments.map(({ says }) => says)).toEqual(["task c", "note a"]);
    expect(since).toEqual(daysAgo(90));
  });

  it("knows of messages the last of each kind, and one that went out only while nothing came back", () => {
    const email = { channel: "email", counts: { sent: 9, opened: 4, replied: 1 } } as const;
    const tell = (sentAt: Date) =>
      tallyActivity(
        [],
        {
          ...nothing,
          channels: [{ ...email, lastAt: { sent: sentAt, opened: daysAgo(3), replied: daysAgo(2) } }],
        },
        now,
      ).moments.map(({ kind, says }) => [kind, says]);
    expect(tell(daysAgo(4))).toEqual([
      ["replied", "Wrote to us"],
      ["opened", "Opened, the last of 4"],
    ]);
    expect(tell(daysAgo(1))[0]).toEqual(["sent", "Sent, not opened since"]);
  });

  it("tells a moment once where a line of the same channel tells it already", () => {
    const told = [{ items: [line("m", "message", daysAgo(3), "email")], isMore: false }];
    const channels = [{ channel: "email" as const, counts: { opened: 1 }, lastAt: { opened: daysAgo(3) } }];
    expect(tallyActivity(told, { ...nothing, channels }, now).moments.map(({ kind }) => kind)).toEqual(["message"]);
  });

  it("says one purchase once, and leaves out what is dated ahead of the clock", () => {
    const lasts = { ...nothing, firstPurchaseAt: daysAgo(5), lastPurchaseAt: daysAgo(5), lastVisitAt: daysAgo(-1) };
    expect(tallyActivity([], lasts, now).moments.map(({ says }) => says)).toEqual(["First purchase"]);
    const twice = { ...lasts, lastPurchaseAt: daysAgo(2) };
    expect(tallyActivity([], twice, now).moments.map(({ says }) => says)).toEqual(["Last purchase", "First purchase"]);
  });
});
