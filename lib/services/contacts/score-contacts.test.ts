import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeKey, makeWorkspace } from "@/db/factories/access";
import { makePlainContact } from "@/db/factories/contact-work";
import { findStaleScores } from "@/db/queries/contacts/scores";
import { asWorker } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { callApi } from "@/e2e/call-api";
import { jobContext } from "@/inngest/context";
import { channels } from "@/lib/domain/channels/vocabulary";
import { defaultWeights } from "@/lib/domain/contacts/score-weights";
import { engagementKinds, stages } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs } from "@/lib/kernel/time";
import { type Context, read, transaction } from "../context";
import { changeContacts } from "./change-contacts";
import { recordEngagement } from "./record-engagement";
import { beginScoring, explainScore, finishScoring, scoreContacts, scorePortions } from "./score-contacts";

const now = new Date("2026-11-20T15:00:00Z");
const contextAt = (tenantId: TenantId, at = now): Context => ({
  ...jobContext({ tenantId }, "test", "run_test"),
  now: () => at,
});
const ask = <Row extends Record<string, unknown>>(tenantId: TenantId, query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]);
const scoresOf = (tenantId: TenantId) =>
  ask<{ id: string; score: number; grade: string }>(tenantId, sql`select id, score, grade from contacts order by id`);

/** What the durable function does, in as small portions as there are contacts. */
async function night(ctx: Context) {
  const begun = await beginScoring(ctx);
  let after: string | null = null;
  do after = (await scorePortions(ctx, { after, portions: 1 })).after;
  while (after !== null);
  return finishScoring(ctx, begun);
}

describe("scores", () => {
  it("kept up change by change are those that computing everybody anew gives", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextAt(tenantId);
    const ids = (
      await Promise.all(
        Array.from({ length: 6 }, (_, n) => makePlainContact(tenantId, { email: n % 2 ? `p${n}@gmail.com` : null })),
      )
    ).map(({ id }) => id);
    await transaction(ctx, (tx) => scoreContacts(tx, ids));
    const fact = fc.record({
      contactId: fc.constantFrom(...ids),
      channel: fc.constantFrom(...channels),
      kind: fc.constantFrom(...engagementKinds),
      at: fc.date({ min: addMs(now, -400 * dayMs), max: now, noInvalidDate: true }),
      count: fc.integer({ min: 1, max: 20 }),
    });
    const doing = fc.oneof(
      fc.array(fact, { minLength: 1, maxLength: 8 }).map((facts) => ({ facts })),
      fc.record({ stage: fc.constantFrom(...stages), whom: fc.subarray(ids, { minLength: 1 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { minLength: 1, maxLength: 6 }), async (list) => {
        for (const each of list)
          if ("facts" in each) await transaction(ctx, (tx) => recordEngagement(tx, each.facts));
          else await changeContacts(ctx, { act: "stage", target: { ids: each.whom }, detail: { stage: each.stage } });
        const kept = await scoresOf(tenantId);
        await ask(tenantId, sql`update contacts set score = 0, grade = 'F'`);
        await night(contextAt(tenantId, addMs(now, 8 * 3_600_000)));
        expect(await scoresOf(tenantId)).toEqual(kept);
      }),
      { numRuns: 10 },
    );
    expect((await scoresOf(tenantId)).some(({ score }) => score > 20)).toBe(true);
    // Some seventy transactions: a busy machine needs its time.
  }, 60_000);

  it("fade with the days, with a line of history on each day on which they changed, and with their reasons", async () => {
    const { tenantId } = await makeWorkspace();
    const { id } = await makePlainContact(tenantId);
    await transaction(contextAt(tenantId), (tx) =>
      recordEngagement(tx, [{ contactId: id, channel: "email", kind: "converted", at: now }]),
    );
    const [first] = await scoresOf(tenantId);
    await night(contextAt(tenantId, addMs(now, 90 * dayMs)));
    const [later] = await scoresOf(tenantId);
    expect(first?.score).toBeGreaterThan(30);
    expect(later?.score).toBeLessThan((first?.score ?? 0) * 0.7);
    const history = await ask<{ day: string; score: number; reasons: { points: number }[] }>(
      tenantId,
      sql`select day::text, score, reasons from score_changes order by day`,
    );
    expect(history.map(({ day, score }) => [day, score])).toEqual([
      ["2026-11-20", first?.score],
      ["2027-02-18", later?.score],
    ]);
    for (const { score, reasons } of history) expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBe(score);
    const reasons = await read(contextAt(tenantId, addMs(now, 90 * dayMs)), (tx) => explainScore(tx, id));
    expect(reasons?.[0]).toEqual({ part: "behaviour", points: 14, says: "Bought 3 months ago" });
  });

  it("are due again on the next day, and not before", async () => {
    const { tenantId } = await makeWorkspace();
    const { id } = await makePlainContact(tenantId, { phone: "+50937123456" });
    const stale = (day: string) => asWorker((db) => findStaleScores(db, day, 10_000));
    await transaction(contextAt(tenantId), (tx) => scoreContacts(tx, [id]));
    expect(await stale("2026-11-20")).not.toContain(tenantId);
    expect(await stale("2026-11-21")).toContain(tenantId);
    expect(await night(contextAt(tenantId, addMs(now, dayMs)))).toBe(true);
    expect(await stale("2026-11-21")).not.toContain(tenantId);
  });

  it("of people who are gone by now are nobody's business", async () => {
    const { tenantId } = await makeWorkspace();
    const { id } = await makePlainContact(tenantId);
    await ask(tenantId, sql`delete from contacts`);
    const fact = { contactId: id, channel: "email", kind: "opened", at: now } as const;
    expect(await transaction(contextAt(tenantId), (tx) => recordEngagement(tx, [fact]))).toBe(0);
  });
});

describe("engagement", () => {
  it("adds up in any order, and a last time never goes back", async () => {
    const { tenantId } = await makeWorkspace();
    const { id } = await makePlainContact(tenantId);
    const tell = (days: number, kind: "opened" | "converted" | "replied", count?: number) =>
      transaction(contextAt(tenantId), (tx) =>
        recordEngagement(tx, [{ contactId: id, channel: "email", kind, at: addMs(now, -days * dayMs), count }]),
      );
    for (const [days, kind, count] of [
      [3, "opened", 2],
      [9, "opened", 1],
      [5, "converted", 1],
      [2, "converted", 1],
      [7, "converted", 1],
      [1, "replied", 1],
    ] as const)
      await tell(days, kind, count);
    const [profile] = await ask(tenantId, sql`select opened, converted, last_opened_at::text as at from engagements`);
    expect(profile).toEqual({ opened: 3, converted: 3, at: "2026-11-17 15:00:00+00" });
    const [contact] = await ask(
      tenantId,
      sql`select first_purchase_at::date::text as first, last_purchase_at::date::text as last, customer_type from contacts`,
    );
    expect(contact).toEqual({ first: "2026-11-13", last: "2026-11-18", customer_type: "existing" });
  });
});

it("of what is told of one person at the same moment nothing is lost, and the score is of all of it", async () => {
  const { tenantId } = await makeWorkspace();
  const { id } = await makePlainContact(tenantId);
  const fact = { contactId: id, channel: "email", kind: "clicked", at: now } as const;
  const ctx = contextAt(tenantId);
  await Promise.all(Array.from({ length: 6 }, () => transaction(ctx, (tx) => recordEngagement(tx, [fact]))));
  expect(await ask(tenantId, sql`select clicked from engagements`)).toEqual([{ clicked: 6 }]);
  const kept = await scoresOf(tenantId);
  await ask(tenantId, sql`update contacts set score = 0`);
  await night(ctx);
  expect(await scoresOf(tenantId)).toEqual(kept);
});

describe("weights", () => {
  it("are previewed on a sample, saved, said, and everybody is due to be scored by them", async () => {
    const { tenantId } = await makeWorkspace();
    const { secret: key } = await makeKey(tenantId);
    const ids = (await Promise.all([1, 2, 3].map((n) => makePlainContact(tenantId, { phone: `+5093712345${n}` })))).map(
      ({ id }) => id,
    );
    const ctx = contextAt(tenantId, new Date());
    await transaction(ctx, (tx) => scoreContacts(tx, ids));
    const fit = [{ when: { field: "phone", operator: "known" }, points: 50, says: "Gave a phone number" }];
    const weights = { ...defaultWeights, fit, fitCap: 100 };
    const wire = {
      weights: {
        ...JSON.parse(
          JSON.stringify(weights)
            .replaceAll("fitCap", "fit_cap")
            .replaceAll("behaviourCap", "behaviour_cap")
            .replaceAll("halfLifeDays", "half_life_days"),
        ),
      },
    };
    const preview = await callApi("POST", "/api/v1/score-model/preview", { key, body: wire });
    expect(await preview.json()).toMatchObject({ sampled: 3, grades: { C: 3, F: 0 }, before: { F: 3 } });
    expect((await scoresOf(tenantId)).map(({ score }) => score)).toEqual([5, 5, 5]);

    const saved = await callApi("PUT", "/api/v1/score-model", { key, body: wire });
    expect(await saved.json()).toMatchObject({ is_default: false, scored_day: null });
    await night(ctx);
    expect((await scoresOf(tenantId)).map(({ score, grade }) => [score, grade])).toEqual([
      [50, "C"],
      [50, "C"],
      [50, "C"],
    ]);
    const body = { weights: { ...wire.weights, fit: [{ ...fit[0], points: 99 }] } };
    const refused = await callApi("PUT", "/api/v1/score-model", { key, body });
    expect((await refused.json()).errors[0].pointer).toBe("/weights/fit/0/points");
  });
});
