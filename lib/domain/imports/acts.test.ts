import { describe, expect, it } from "vitest";
import { actsOn, refusalOf } from "./acts";
import { importActs, importStates } from "./vocabulary";

describe("what can be done with an import", () => {
  it("is refused in words exactly where it is not offered", () => {
    for (const state of importStates) {
      for (const act of importActs) {
        if (actsOn(state).includes(act)) expect(refusalOf(act, state), `${act} ${state}`).toBeNull();
        else expect(refusalOf(act, state), `${act} ${state}`).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it("is started once, and changed only before", () => {
    expect(importStates.filter((state) => actsOn(state).includes("start"))).toEqual(["ready"]);
    expect(importStates.filter((state) => actsOn(state).includes("change"))).toEqual(["ready"]);
  });

  it("can be taken back however it ended, and only once", () => {
    expect(importStates.filter((state) => actsOn(state).includes("undo"))).toEqual(["done", "failed", "cancelled"]);
  });
});
