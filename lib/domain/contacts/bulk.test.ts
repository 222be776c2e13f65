import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Before, type ChangedContact, canUndo, decideChange, decideUndo, type OwnAct } from "./bulk";
import { stages, workStates } from "./vocabulary";

const moment = (ms: number) => new Date(Date.UTC(2026, 10, 20) + ms).toISOString();
const contact: fc.Arbitrary<ChangedContact> = fc.record({
  ownerId: fc.constantFrom(null, "rose", "kervens"),
  stage: fc.constantFrom(...stages),
  taggedAt: fc.option(fc.integer({ min: -9, max: -1 }).map(moment), { nil: null }),
});
const acts: fc.Arbitrary<OwnAct[]> = fc
  .array(
    fc.oneof(
      fc.constantFrom("tag" as const, "untag" as const).map((act) => ({ act })),
      fc.constantFrom(null, "rose", "kervens").map((ownerId) => ({ act: "owner" as const, ownerId })),
      fc.constantFrom(...stages).map((stage) => ({ act: "stage" as const, stage })),
    ),
    { maxLength: 12 },
  )
  // No two changes happen in one moment.
  .map((list) => list.map((act, at) => (act.act === "tag" ? { act: "tag", at: moment(at) } : act) as OwnAct));

describe("changes of many contacts", () => {
  it("taken back in the opposite order leave everybody as they were", () => {
    fc.assert(
      fc.property(fc.array(contact, { minLength: 1, maxLength: 5 }), acts, (start, list) => {
        let people = start;
        const memories: { act: OwnAct; befores: (Before | null)[] }[] = [];
        for (const act of list) {
          const decided = people.map((person) => decideChange(person, act));
          memories.push({ act, befores: decided.map((each) => each?.before ?? null) });
          people = people.map((person, index) => decided[index]?.after ?? person);
        }
        for (const { act, befores } of memories.reverse())
          people = people.map((person, index) => {
            const before = befores[index];
            return before ? (decideUndo(person, before, act) ?? person) : person;
          });
        expect(people).toEqual(start);
      }),
    );
  });

  it("remember nothing of those who were so already, so the undo cannot touch them", () => {
    const owned = { ownerId: "rose", stage: "lead", taggedAt: moment(-1) } as const;
    expect(decideChange(owned, { act: "owner", ownerId: "rose" })).toBeNull();
    expect(decideChange(owned, { act: "stage", stage: "lead" })).toBeNull();
    expect(decideChange(owned, { act: "tag", at: moment(1) })).toBeNull();
    expect(decideChange({ ...owned, taggedAt: null }, { act: "untag" })).toBeNull();
  });

  it("leave what somebody changed since", () => {
    const kervens = { ownerId: "kervens", stage: "lost", taggedAt: moment(5) } as const;
    expect(decideUndo(kervens, { ownerId: null }, { act: "owner", ownerId: "rose" })).toBeNull();
    expect(decideUndo(kervens, { stage: "lead" }, { act: "stage", stage: "customer" })).toBeNull();
    // Taken away and given again by hand: not the tag that the change gave.
    expect(decideUndo(kervens, { at: moment(1) }, { act: "tag", at: moment(1) })).toBeNull();
    expect(decideUndo(kervens, { at: moment(-3) }, { act: "untag" })).toBeNull();
  });

  it("can be taken back once they ended and changed something", () => {
    expect(workStates.filter((state) => canUndo({ state, changed: 1 }))).toEqual(["done", "failed"]);
    expect(canUndo({ state: "done", changed: 0 })).toBe(false);
  });
});
