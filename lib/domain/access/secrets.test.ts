import { describe, expect, it } from "vitest";
import { hashSecret, newKey, readKey, sameHash } from "./secrets";

describe("an API key", () => {
  it("is read back by its visible prefix", () => {
    for (const brand of ["workspace", "platform"] as const) {
      const key = newKey(brand);
      expect(readKey(key.secret)).toEqual({ brand, prefix: key.prefix });
      expect(sameHash(hashSecret(key.secret), key.hash)).toBe(true);
      expect(key.secret.startsWith(`${key.prefix}_`)).toBe(true);
    }
  });

  it("with any one letter changed is seen to be mistyped, before any database is asked", () => {
    const { secret } = newKey("workspace");
    for (let i = "ms_live_".length; i < secret.length; i++) {
      if (secret[i] === "_") continue;
      const wrong = secret.slice(0, i) + (secret[i] === "A" ? "B" : "A") + secret.slice(i + 1);
      expect(readKey(wrong), String(i)).toBeNull();
    }
  });

  it("is never the same twice", () => {
    expect(new Set(Array.from({ length: 200 }, () => newKey("workspace").secret)).size).toBe(200);
  });

  it("does not equal an empty or broken hash", () => {
    expect([sameHash("", ""), sameHash("zz", "zz"), sameHash("ab", "abcd")]).toEqual([false, false, false]);
  });
});
