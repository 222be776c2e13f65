import { describe, expect, it } from "vitest";
import { passwordFault, passwordWords } from "./password-words";

describe("how far a new password has come", () => {
  it("says what is needed, then how much is missing, then that it is enough", () => {
    expect(passwordWords("", [])).toMatchObject({ share: 0, isFine: false });
    expect(passwordWords("madras", [])).toEqual({ says: "6 of at least 12 characters", share: 0.25, isFine: false });
    expect(passwordWords("cloth ledger", []).isFine).toBe(true);
    expect(passwordWords("cloth ledger market", []).says).toMatch(/^Strong: 19/);
    expect(passwordWords("cloth ledger market colour", [])).toMatchObject({ share: 1, isFine: true });
  });

  it("counts letters as people do", () =>
    expect(passwordWords("é".repeat(3), []).says).toBe("3 of at least 12 characters"));

  it("does not call a long password strong that says who one is, or repeats itself", () => {
    expect(passwordWords("rose-laure pierre", ["Rose-Laure Pierre"])).toMatchObject({ isFine: false });
    expect(passwordWords("madrasmadrasmadras", [])).toMatchObject({ isFine: false });
    expect(passwordFault("rose-laure pierre", ["Rose-Laure Pierre"])).toContain("your name");
    expect(passwordFault("cloth ledger market", ["Rose-Laure Pierre"])).toBeNull();
    expect(passwordFault("", [])).toBe("Choose a password.");
  });
});
