import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channels } from "@/lib/domain/channels/vocabulary";
import { dayMs } from "@/lib/kernel/time";
import { type ChannelFacts, type ScoreFacts, scoreLead } from "./score";
import { ScoreWeights } from "./score-shapes";
import { defaultWeights } from "./score-weights";
import { customerTypes, engagementKinds, stages } from "./vocabulary";

const now = new Date("2026-11-20T15:30:00Z");
const ago = (days: number) => new Date(now.getTime() - days * dayMs);
const nobody: ScoreFacts = {
  email: null,
  phone: null,
  hasCompany: false,
  country: null,
  stage: "lead",
  customerType: "new",
  preferredChannel: null,
  locale: null,
  attributes: {},
  channels: [],
  lastPurchaseAt: null,
  lastVisitAt: null,
  lastReplyAt: null,
};

const times = fc.option(fc.date({ min: ago(900), max: ago(0), noInvalidDate: true }), { nil: null });
const channelFacts: fc.Arbitrary<ChannelFacts> = fc.record({
  channel: fc.constantFrom(...channels),
  name: fc.constant("WhatsApp"),
  counts: fc.record(Object.fromEntries(engagementKinds.map((kind) => [kind, fc.nat(400)]))),
  lastAt: fc.record(Object.fromEntries(engagementKinds.map((kind) => [kind, times]))),
});
const anybody: fc.Arbitrary<ScoreFacts> = fc.record({
  email: fc.constantFrom(null, "a@gmail.com", "a@atelye.ht"),
  phone: fc.constantFrom(null, "+50937123456"),
  hasCompany: fc.boolean(),
  country: fc.constantFrom(null, "HT", "US"),
  stage: fc.constantFrom(...stages),
  customerType: fc.constantFrom(...customerTypes),
  preferredChannel: fc.constantFrom(null, ...channels),
  locale: fc.constantFrom(null, "ht-HT"),
  attributes: fc.record({ seats: fc.nat(500) }),
  channels: fc.array(channelFacts, { maxLength: 9 }),
  lastPurchaseAt: times,
  lastVisitAt: times,
  lastReplyAt: times,
});
/** Weights that push against every limit, beside the ones that are given. */
const anyWeights: fc.Arbitrary<ScoreWeights> = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(100), fc.nat(100), fc.integer({ min: -50, max: 0 }))
  .map(([points, fitCap, behaviourCap, ignored]) => ({
    ...defaultWeights,
    fit: [
      ...defaultWeights.fit,
      { when: { field: "attribute.seats", operator: "at_least", value: 100 }, points, says: "Has many seats" },
      { when: { field: "country", operator: "one_of", value: ["ht", "US"] }, points, says: "Lives where we ship" },
    ],
    fitCap,
    behaviourCap,
    ignored: { points: ignored, after: 5 },
  }));

describe("a lead's score", () => {
  it("lies between 0 and 100, and its reasons add up to it", () => {
    fc.assert(
      fc.property(anybody, anyWeights, (facts, weights) => {
        const { score, reasons } = scoreLead(facts, weights, now);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(Number.isInteger(score)).toBe(true);
        expect(reasons.reduce((total, { points }) => total + points, 0)).toBe(score);
        for (const { says } of reasons) expect(says).toMatch(/^\S.{2,120}$/);
      }),
    );
  });

  it("never falls because somebody did more, or did it later", () => {
    const kinds = ["opened", "clicked", "replied", "converted"] as const;
    const more = fc.tuple(anybody, fc.constantFrom(...kinds), fc.nat(8), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(more, anyWeights, ([facts, kind, at, extra], weights) => {
        const done = facts.channels.map((channel, index) =>
          index === at
            ? {
                ...channel,
                counts: { ...channel.counts, [kind]: (channel.counts[kind] ?? 0) + extra },
                lastAt: { ...channel.lastAt, [kind]: now },
              }
            : channel,
        );
        const [before, after] = [facts, { ...facts, channels: done, lastVisitAt: now }].map(
          (each) => scoreLead(each, weights, now).score,
        );
        expect(after).toBeGreaterThanOrEqual(before ?? 0);
      }),
    );
  });

  it("never rises because time went by", () => {
    fc.assert(
      fc.property(anybody, anyWeights, fc.nat(800), (facts, weights, days) => {
        const later = new Date(now.getTime() + days * dayMs);
        expect(scoreLead(facts, weights, later).score).toBeLessThanOrEqual(scoreLead(facts, weights, now).score);
      }),
    );
  });

  it("really falls: what was bought half a life ago counts half", () => {
    const bought = (days: number) => scoreLead({ ...nobody, lastPurchaseAt: ago(days) }, defaultWeights, now).score;
    expect([bought(0), bought(90), bought(180)]).toEqual([28, 14, 7]);
  });

  it("is the same at every hour of one UTC day", () => {
    fc.assert(
      fc.property(anybody, fc.nat(dayMs - 1), fc.nat(dayMs - 1), (facts, one, other) => {
        const midnight = Date.parse("2026-11-20T00:00:00Z");
        const at = (ms: number) => scoreLead(facts, defaultWeights, new Date(midnight + ms));
        expect(at(one)).toEqual(at(other));
      }),
    );
  });

  it("reads as a person would say it", () => {
    const { score, grade, reasons } = scoreLead(
      {
        ...nobody,
        email: "josette@gmail.com",
        phone: "+19545550123",
        stage: "customer",
        lastPurchaseAt: ago(17),
        channels: [
          {
            channel: "whatsapp",
            name: "WhatsApp",
            counts: { sent: 9, opened: 8, clicked: 2 },
            lastAt: { opened: ago(2), clicked: ago(17) },
          },
          { channel: "email", name: "email", counts: { sent: 12 }, lastAt: {} },
        ],
      },
      defaultWeights,
      now,
    );
    expect(reasons).toEqual([
      { part: "fit", points: 3, says: "Has an e-mail address" },
      { part: "fit", points: 5, says: "Gave a phone number" },
      { part: "fit", points: 10, says: "Is a customer" },
      { part: "behaviour", points: 25, says: "Bought 17 days ago" },
      { part: "behaviour", points: 13, says: "Reads 8 of 9 on WhatsApp" },
      { part: "behaviour", points: -6, says: "Ignored 12 messages on email" },
    ]);
    expect({ score, grade }).toEqual({ score: 50, grade: "C" });
  });

  it("says which part was levelled, and by how much", () => {
    const { reasons, score } = scoreLead(
      { ...nobody, lastPurchaseAt: now },
      { ...defaultWeights, behaviourCap: 20 },
      now,
    );
    expect(reasons.at(-1)).toEqual({ part: "behaviour", points: -8, says: "What they do counts for at most 20" });
    expect(score).toBe(20);
  });

  it.each([
    [80, "A"],
    [79, "B"],
    [65, "B"],
    [64, "C"],
    [35, "D"],
    [20, "E"],
    [19, "F"],
    [0, "F"],
  ])("of %i is grade %s", (points, grade) => {
    const rule = { when: { field: "phone", operator: "unknown" }, says: "No phone" } as const;
    const fit = [50, 50].map((most, index) => ({ ...rule, points: Math.min(most, Math.max(0, points - index * 50)) }));
    expect(scoreLead(nobody, { ...defaultWeights, fit, fitCap: 100 }, now)).toMatchObject({ score: points, grade });
  });
});

describe("the weights", () => {
  it("that are given are within their own limits", () => {
    expect(ScoreWeights.parse(defaultWeights)).toEqual(defaultWeights);
  });

  it.each([
    [{ operator: "is" }, "must be one value with is"],
    [{ operator: "one_of", value: "HT" }, "must be a list with one_of"],
    [{ operator: "at_least", value: "many" }, "must be a number with at_least"],
    [{ operator: "known", value: 1 }, "must be left out with known"],
  ])("refuse a rule with %j", (when, says) => {
    const fit = [{ when: { field: "country", ...when }, points: 1, says: "x" }];
    const read = ScoreWeights.safeParse({ ...defaultWeights, fit });
    expect(read.error?.issues).toMatchObject([{ path: ["fit", 0, "when", "value"], message: says }]);
  });

  it("refuse grades that do not fall, fields that do not exist and points beyond the limit", () => {
    const grades = { ...defaultWeights.grades, B: 90 };
    expect(ScoreWeights.safeParse({ ...defaultWeights, grades }).success).toBe(false);
    const rule = { when: { field: "shoe_size", operator: "known" }, points: 1, says: "x" };
    expect(ScoreWeights.safeParse({ ...defaultWeights, fit: [rule] }).success).toBe(false);
    const heavy = { when: { field: "phone", operator: "known" }, points: 51, says: "x" };
    expect(ScoreWeights.safeParse({ ...defaultWeights, fit: [heavy] }).success).toBe(false);
  });
});
