import { describe, expect, it } from "vitest";
import { judgePassword } from "./password";

const facts = {
  about: ["rose@atelye-lakay.test", "Rose-Laure Pierre", "Atelye Lakay"],
  isCommon: (text: string) => text === "iloveyouforever",
};
const judge = (password: string) => {
  const verdict = judgePassword(password, facts);
  return verdict.kind === "fine" ? "fine" : verdict.because;
};

describe("a password", () => {
  it.each([
    ["eleven char", "too_short"],
    ["a".repeat(129), "too_long"],
    ["aaaaaaaaaaaaaa", "repeats"],
    ["abcdefabcdefabcdef", "repeats"],
    ["iloveyouforever", "common"],
    ["ILoveYouForever2026!", "common"],
    ["atelye lakay 1", "contains_you"],
    ["MadanSara2026", "contains_you"],
    ["correct horse battery", "fine"],
    ["ti chen ap domi 🐶 la", "fine"],
    ["atelye knots and looms forever", "fine"],
  ])("%s is %s", (password, expected) => expect(judge(password)).toBe(expected));

  it("counts characters as people do", () => expect(judge("🐶🐱🐭🐹🐰🦊🐻🐼🐨🐯🦁")).toBe("too_short"));
});
