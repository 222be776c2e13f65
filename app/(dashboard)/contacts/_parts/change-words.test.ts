import { describe, expect, it } from "vitest";
import type { Change } from "@/lib/client/contacts";
import { doingWords, doneWords, isUnderWay } from "./change-words";

const change = (facts: Partial<Change>) =>
  ({ act: "tag", state: "done", total: 3, done: 3, changed: 3, gone: 0, failure: null, ...facts }) as Change;

describe("a change of many contacts in words", () => {
  it("says what is done to how many", () => {
    expect(doingWords(change({ state: "running", total: 41_200 }))).toBe("Tagging 41,200 contacts");
    expect(doneWords(change({ changed: 1 }))).toBe("1 contact tagged");
    expect(doneWords(change({ changed: 0 }))).toContain("so already");
    expect(doneWords(change({ changed: 2, gone: 1 }))).toBe("2 contacts tagged. 1 contact had gone before their turn");
  });

  it("says why it failed, and that it was taken back", () => {
    expect(doneWords(change({ state: "failed", failure: "The tag is gone." }))).toMatch(/failed\. The tag is gone\.$/);
    expect(doneWords(change({ state: "undone" }))).toBe("3 contacts are as they were");
  });

  it("is under way until it has ended one way or the other", () => {
    expect((["waiting", "running", "undoing"] as const).every((state) => isUnderWay({ state }))).toBe(true);
    expect((["done", "failed", "undone", "cancelled"] as const).some((state) => isUnderWay({ state }))).toBe(false);
  });
});
