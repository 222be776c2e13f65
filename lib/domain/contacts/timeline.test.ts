import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byNewest, changeInWords, mergeTimelines } from "./timeline";
import { bulkActs } from "./vocabulary";

const item = fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), at: fc.nat(5).map((ms) => new Date(ms)) });

describe("a merged time line", () => {
  it("is what one sorted list of everything would be, cut at the limit", () => {
    fc.assert(
      fc.property(fc.array(fc.array(item), { maxLength: 4 }), fc.nat(20), (lists, limit) => {
        const sorted = lists.map((list) => [...list].sort(byNewest));
        expect(mergeTimelines(sorted, limit)).toEqual(lists.flat().sort(byNewest).slice(0, limit));
      }),
    );
  });

  it("puts the later first, and in one moment the greater id", () => {
    const at = (id: string, ms: number) => ({ id, at: new Date(ms) });
    const line = mergeTimelines([[at("note_a", 2)], [at("task_b", 3), at("task_a", 2)]], 9);
    expect(line.map(({ id }) => id)).toEqual(["task_b", "task_a", "note_a"]);
  });
});

it("tells every act on many contacts in words", () => {
  const detail = { tag: "vip", stage: "lost", owner_id: "x", owner_name: "Rose-Laure", segment_name: "Feast" };
  expect(bulkActs.map((act) => changeInWords(act, detail))).toEqual([
    "Tagged vip",
    "Tag vip taken away",
    "Given to Rose-Laure",
    "Stage set to lost",
    "Put into the list Feast",
    "Taken from the list Feast",
    "Consent noted with many others",
    "Deleted and brought back",
  ]);
  expect(changeInWords("owner", { owner_id: null })).toBe("Owner taken away");
});
