import { expect, it } from "vitest";
import { attributeKeyOf, targetChoices } from "./target-choices";

it("makes a key that programs can write of any heading", () => {
  expect(attributeKeyOf("Plan (2026)", [])).toBe("plan_2026");
  expect(attributeKeyOf("Préférence d'été", [])).toBe("preference_d_ete");
  expect(attributeKeyOf("名前", [])).toBe("column");
  expect(attributeKeyOf("2nd phone", [])).toBe("nd_phone");
});

it("gives no attribute the key of another", () => {
  expect(attributeKeyOf("Plan", ["plan", "plan_2"])).toBe("plan_3");
});

it("offers to leave a column out first, and a new attribute last", () => {
  const choices = targetChoices([{ key: "plan", label: "Plan" }], true);
  expect(choices[0]?.value).toBe("");
  expect(choices.at(-1)?.value).toBe("new");
  expect(choices).toContainEqual({ value: "attribute:plan", label: "Plan (attribute)" });
  expect(targetChoices([], false).some(({ value }) => value === "new")).toBe(false);
});
