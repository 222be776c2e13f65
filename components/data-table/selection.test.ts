import { expect, it } from "vitest";
import { keepShown, nothingSelected, type Selection, toggle, toggleAll, toggleRange } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const ids = (selection: Selection) => [...selection.ids].sort().join("");

it("a shift-click selects from the last touched row, in either direction", () => {
  const b = toggle(nothingSelected, "b");
  expect(ids(toggleRange(b, "d", order))).toBe("bcd");
  expect(ids(toggleRange(toggle(nothingSelected, "d"), "b", order))).toBe("bcd");
});

it("a shift-click on a selected row clears the range", () => {
  const all = toggleAll(nothingSelected, order);
  expect(ids(toggleRange({ ...all, anchor: "b" }, "d", order))).toBe("ae");
});

it("a shift-click without a row to start from is a click", () => {
  expect(ids(toggleRange(nothingSelected, "c", order))).toBe("c");
  expect(ids(toggleRange({ ids: new Set(), anchor: "gone" }, "c", order))).toBe("c");
});

it("the box in the head selects all that is shown, and clears when all are", () => {
  const all = toggleAll(toggle(nothingSelected, "b"), order);
  expect(ids(all)).toBe("abcde");
  expect(ids(toggleAll(all, order))).toBe("");
});

it("a row that is no longer shown is no longer selected", () => {
  const all = toggleAll(nothingSelected, order);
  expect(ids(keepShown(all, ["a", "c"]))).toBe("ac");
  expect(keepShown(all, order)).toBe(all);
});
