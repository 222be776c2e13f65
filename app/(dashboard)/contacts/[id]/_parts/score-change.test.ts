import { expect, it } from "vitest";
import { scoreChange } from "./score-change";

const now = new Date("2026-11-21T09:00:00Z");
const on = (day: string, score: number) => ({ day: `2026-11-${day}`, score, grade: "B" as const });
const told = (score: number, ...history: ReturnType<typeof on>[]) => scoreChange({ score, history }, now);

it("is compared with yesterday where it moved since", () => {
  expect(told(84, on("21", 84), on("18", 88))).toBe("88 yesterday");
});

it("is compared with a week ago where it stood still since yesterday", () => {
  expect(told(84, on("18", 84), on("02", 70))).toBe("70 a week ago");
  expect(told(84, on("02", 84))).toBe("The same as a week ago");
});

it("says nothing of a time from which nothing is known", () => {
  expect(told(84, on("21", 84))).toBeNull();
  expect(told(84, on("18", 84))).toBeNull();
  expect(told(0)).toBeNull();
});
