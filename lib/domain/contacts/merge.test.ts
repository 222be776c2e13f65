import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideMerge, type MergedContact } from "./merge";

const nobody: MergedContact = {
  externalId: null,
  name: "",
  firstName: null,
  lastName: null,
  email: null,
  emailHash: null,
  phone: null,
  phoneHash: null,
  country: null,
  givenType: null,
  stage: "lead",
  timeZone: null,
  visitZone: null,
  locale: null,
  devicePreference: null,
  preferredChannel: null,
  companyId: null,
  ownerId: null,
  metadata: null,
  firstPurchaseAt: null,
  lastPurchaseAt: null,
  firstVisitAt: null,
  lastVisitAt: null,
  lastReplyAt: null,
};
const day = (number: number) => new Date(Date.UTC(2026, 0, number));

describe("the merged contact", () => {
  it("has the winner's value of each field, and the loser's where the winner had none", () => {
    const { merged, sides } = decideMerge(
      { ...nobody, name: "Josette", email: "j@example.test", emailHash: "hash j" },
      {
        ...nobody,
        name: "J.",
        firstName: "J.",
        email: "o@example.test",
        phone: "+1",
        phoneHash: "hash 1",
        stage: "lost",
      },
    );
    // A name and its parts go together: half of one name and half of the other is nobody's.
    expect(merged).toEqual({
      ...nobody,
      name: "Josette",
      email: "j@example.test",
      emailHash: "hash j",
      phone: "+1",
      phoneHash: "hash 1",
    });
    expect(sides).toMatchObject({ name: "winner", email: "winner", phone: "loser", stage: "winner" });
  });

  it("has what was chosen, even where that is nothing", () => {
    const winner = { ...nobody, name: "Josette" };
    const loser = { ...nobody, name: "J.", phone: "+1", phoneHash: "hash 1" };
    const { merged } = decideMerge(winner, loser, { name: "loser", phone: "winner" });
    expect(merged).toMatchObject({ name: "J.", phone: null, phoneHash: null });
  });

  it("leads the external id that it does not keep to itself", () => {
    const ids = (winner: string | null, loser: string | null, choice = {}) => {
      const { merged, aliasExternalId } = decideMerge(
        { ...nobody, externalId: winner },
        { ...nobody, externalId: loser },
        choice,
      );
      return [merged.externalId, aliasExternalId];
    };
    expect(ids("a", "b")).toEqual(["a", "b"]);
    expect(ids(null, "b")).toEqual(["b", null]);
    expect(ids("a", null)).toEqual(["a", null]);
    expect(ids("a", "b", { external_id: "loser" })).toEqual(["b", "a"]);
  });

  it("bought and came first when the first of both did, and last when the last did, whoever wins", () => {
    const time = fc.option(fc.integer({ min: 1, max: 300 }).map(day), { nil: null });
    const times = fc.record({
      firstPurchaseAt: time,
      lastPurchaseAt: time,
      firstVisitAt: time,
      lastVisitAt: time,
      lastReplyAt: time,
    });
    fc.assert(
      fc.property(times, times, (one, other) => {
        const [a, b] = [
          { ...nobody, ...one },
          { ...nobody, ...other },
        ];
        const { merged } = decideMerge(a, b);
        expect(decideMerge(b, a).merged).toEqual(merged);
        for (const name of [
          "firstPurchaseAt",
          "lastPurchaseAt",
          "firstVisitAt",
          "lastVisitAt",
          "lastReplyAt",
        ] as const) {
          const known = [a[name], b[name]].filter((at) => at !== null).map(Number);
          const end = name.startsWith("first") ? Math.min(...known) : Math.max(...known);
          expect(merged[name]?.getTime() ?? null).toBe(known.length > 0 ? end : null);
        }
      }),
    );
  });

  it("takes over nothing that a merge does not decide about", () => {
    const whole = { ...nobody, id: "w", customerType: "new", score: 50 };
    expect(Object.keys(decideMerge(whole, nobody).merged).sort()).toEqual(Object.keys(nobody).sort());
  });
});
