import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideUndo } from "./decide-undo";

describe("taking back what an import changed in one contact", () => {
  it("gives back what is still as the import left it", () => {
    const memory = { before: { name: "Ana", "tag:1": false }, after: { name: "Anna", "tag:1": true } };
    expect(decideUndo(memory, { name: "Anna", "tag:1": true })).toEqual({
      restore: { name: "Ana", "tag:1": false },
      kept: [],
    });
  });

  it("leaves alone what somebody changed since, and says what", () => {
    const memory = { before: { name: "Ana", stage: "lead" }, after: { name: "Anna", stage: "customer" } };
    const decision = decideUndo(memory, { name: "Annabelle", stage: "customer" });
    expect(decision).toEqual({ restore: { stage: "lead" }, kept: ["name"] });
  });

  it("misses nothing that somebody put back by hand", () => {
    const memory = { before: { email: null }, after: { email: "a@example.test" } };
    expect(decideUndo(memory, { email: null })).toEqual({ restore: {}, kept: [] });
    expect(decideUndo(memory, {})).toEqual({ restore: {}, kept: [] });
    const tagged = { before: { "tag:1": false }, after: { "tag:1": true } };
    expect(decideUndo(tagged, {})).toEqual({ restore: {}, kept: [] });
  });

  it("compares objects by what they say, in whichever order", () => {
    const memory = { before: { metadata: null }, after: { metadata: { a: 1, b: [2] } } };
    expect(decideUndo(memory, { metadata: { b: [2], a: 1 } })).toEqual({ restore: { metadata: null }, kept: [] });
  });

  it("gives everything back where nobody came between, whatever was changed", () => {
    const held = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
    fc.assert(
      fc.property(held, held, (before, after) => {
        const { restore, kept } = decideUndo({ before, after }, after);
        expect(kept).toEqual([]);
        for (const name of Object.keys(after))
          expect(name in restore ? restore[name] : (after[name] ?? null)).toEqual(before[name] ?? null);
      }),
    );
  });
});
