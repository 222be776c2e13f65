import { describe, expect, it } from "vitest";
import { type Command, findConflicts, matchSteps, reservedKeys, stepFrom, stepsOf } from "./commands";
import { groups } from "./navigation";

const command = (id: string, keys: string, scope = "global"): Command => ({
  id,
  label: id,
  keys,
  scope,
  run: () => {},
});
const press = (key: string, held: Partial<Record<"metaKey" | "ctrlKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("keys in conflict", () => {
  it("finds the same keys twice, however they are written", () => {
    expect(findConflicts([command("a", "mod+k"), command("b", "Mod+K")])).toEqual([{ keys: "mod+k", ids: ["a", "b"] }]);
    expect(findConflicts([command("a", "shift+alt+p"), command("b", "alt+shift+P")])).toHaveLength(1);
  });

  it("finds a key that hides a sequence beginning with it", () => {
    expect(findConflicts([command("a", "g"), command("b", "g o")])).toEqual([{ keys: "g", ids: ["a", "b"] }]);
    expect(findConflicts([command("a", "g o"), command("b", "g i")])).toEqual([]);
  });

  it("lets two pages use one key, but neither a page nor the whole product may take it from the other", () => {
    expect(findConflicts([command("a", "r", "inbox"), command("b", "r", "approvals")])).toEqual([]);
    expect(findConflicts([command("a", "r", "inbox"), command("b", "r", "inbox")])).toHaveLength(1);
    expect(findConflicts([command("a", "r", "inbox"), command("b", "r")])).toHaveLength(1);
    expect(findConflicts([command("a", "j", "inbox"), ...reservedKeys])).toHaveLength(1);
  });

  it("has none among the rooms and the keys of lists", () => {
    const rooms = groups.flatMap((group) => group.rooms).map((room) => command(room.id, `g ${room.key}`));
    expect(findConflicts([...rooms, ...reservedKeys, command("palette", "mod+k"), command("help", "?")])).toEqual([]);
  });
});

describe("keys pressed", () => {
  it("reads the command key of each system as the same", () => {
    expect(stepFrom(press("k", { metaKey: true }), true)).toBe("mod+k");
    expect(stepFrom(press("k", { ctrlKey: true }), false)).toBe("mod+k");
    expect(stepFrom(press("k", { ctrlKey: true }), true)).toBe("ctrl+k");
  });

  it("takes a sign as itself, wherever the keyboard keeps it", () => {
    expect(stepFrom(press("?", { shiftKey: true }), false)).toBe("?");
    expect(stepFrom(press("X", { shiftKey: true }), false)).toBe("shift+x");
    expect(stepsOf("shift+x")).toEqual(["shift+x"]);
    expect(stepsOf("mod++")).toEqual(["mod++"]);
  });

  it("waits inside a sequence and gives up outside one", () => {
    const all = [command("overview", "g o"), command("help", "?")];
    expect(matchSteps(["g"], all)).toEqual({ kind: "wait" });
    expect(matchSteps(["g", "o"], all)).toMatchObject({ kind: "run", command: { id: "overview" } });
    expect(matchSteps(["g", "z"], all)).toEqual({ kind: "none" });
    expect(matchSteps(["o"], all)).toEqual({ kind: "none" });
  });

  it("lets a page's own command come first", () => {
    const all = [command("everywhere", "c"), command("here", "c", "inbox")];
    expect(matchSteps(["c"], all)).toMatchObject({ command: { id: "here" } });
  });
});
