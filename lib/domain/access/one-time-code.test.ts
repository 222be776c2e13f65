import { describe, expect, it } from "vitest";
import { checkTotp, newRecoveryCodes, newTotpSecret, normaliseRecoveryCode, totpCode, totpStep } from "./one-time-code";

// RFC 6238, appendix B: the secret is the ASCII text "12345678901234567890"; the last six digits of its eight.
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const known = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
] as const;

describe("a one-time code", () => {
  it.each(known)("at %i seconds is %s, as the standard says", (seconds, code) => {
    expect(totpCode(secret, totpStep(new Date(seconds * 1000)))).toBe(code);
  });

  const now = new Date("2026-11-21T09:00:10Z");
  const step = totpStep(now);
  const check = (code: string, lastStep: number | null = null) => checkTotp({ secret, code, now, lastStep });

  it("is accepted one step early or late, and not beyond", () => {
    for (const drift of [-1, 0, 1]) expect(check(totpCode(secret, step + drift)).kind).toBe("accept");
    for (const drift of [-2, 2]) expect(check(totpCode(secret, step + drift)).kind).toBe("refuse");
  });

  it("is good once, and closes the steps before it", () => {
    expect(check(totpCode(secret, step), step)).toEqual({ kind: "refuse", because: "used" });
    expect(check(totpCode(secret, step - 1), step)).toEqual({ kind: "refuse", because: "used" });
    expect(check(totpCode(secret, step + 1), step)).toEqual({ kind: "accept", step: step + 1 });
  });

  it("is six digits, with spaces forgiven", () => {
    const code = totpCode(secret, step);
    expect(check(`${code.slice(0, 3)} ${code.slice(3)}`).kind).toBe("accept");
    for (const wrong of ["", "12345", "1234567", "abcdef", "１２３４５６"]) expect(check(wrong).kind).toBe("refuse");
  });

  it("secrets are 160 bits that every app reads", () => expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/));

  it("recovery codes are ten, all different, and read without their dash or in capitals", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[a-z2-7]{5}-[a-z2-7]{5}$/);
      expect(normaliseRecoveryCode(` ${code.toUpperCase().replace("-", " ")}`)).toBe(code.replace("-", ""));
    }
  });
});
