import { describe, expect, it } from "vitest";
import { segmentExamples } from "@/lib/domain/segments/examples";
import { addTo, change, countUnfinished, draftFrom, emptyGroup, emptyRule, isGroup, placeOf, treeFrom } from "./draft";

describe("rules while they are being built", () => {
  it.each(segmentExamples.map((example) => [example.name, example.rules] as const))(
    "give back what was saved: %s",
    (_, rules) => {
      expect(treeFrom(draftFrom(rules))).toEqual(rules);
    },
  );

  it("leave out what is not finished, and a group with nothing finished in it", () => {
    const rule = { ...emptyRule(), field: "score", operator: "over", value: undefined };
    const draft = { ...emptyGroup(), parts: [rule, { ...emptyGroup("any"), parts: [emptyRule()] }] };
    expect(treeFrom(draft)).toEqual({ all: [] });
    expect(countUnfinished(draft)).toBe(2);
    expect(treeFrom(change(draft, rule.id, () => ({ ...rule, value: 60 })))).toEqual({
      all: [{ field: "score", operator: "over", value: 60 }],
    });
  });

  it("get a removed part back where it stood", () => {
    const draft = draftFrom(segmentExamples[1]?.rules ?? { all: [] });
    const [group] = draft.parts;
    if (!group || !isGroup(group)) throw new Error("The example has no inner group.");
    const [first] = group.parts;
    if (!first) throw new Error("The group is empty.");
    const place = placeOf(draft, first.id);
    const without = change(draft, first.id, () => null);
    expect(treeFrom(without)).not.toEqual(treeFrom(draft));
    expect(treeFrom(addTo(without, place?.groupId ?? "", first, place?.at))).toEqual(treeFrom(draft));
  });
});
