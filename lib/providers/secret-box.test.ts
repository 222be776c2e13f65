import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox, open, SecretUnreadable, seal } from "./secret-box";

const key = (kid: string) => `${kid}:${randomBytes(32).toString("base64")}`;
const place = "channel_credentials:token:0190a5f0-0000-7000-8000-000000000001:0190a5f0-0000-7000-8000-000000000002";

describe("secret box", () => {
  it("gives back what was put in, empty and non-Latin texts too", () => {
    const box = createSecretBox(key("k1"));
    for (const plain of ["", "re_123", "Mèsi anpil 🧵", "x".repeat(100_000)])
      expect(box.open(box.seal(plain, place), place)).toBe(plain);
  });

  it("never shows the same envelope twice and never the secret", () => {
    const box = createSecretBox(key("k1"));
    const envelopes = new Set(Array.from({ length: 500 }, () => box.seal("same secret", place)));
    expect(envelopes.size).toBe(500);
    expect([...envelopes].join()).not.toContain("same secret");
    expect([...envelopes][0]).toMatch(/^v1:k1:[\w-]{16}:[\w-]+:[\w-]{22}$/);
  });

  it("does not open in another row, column, table or workspace", () => {
    const box = createSecretBox(key("k1"));
    const sealed = box.seal("secret", "t:c:w:r");
    for (const other of ["t:c:w:r2", "t:c:w2:r", "t:c2:w:r", "t2:c:w:r", "t:c:w:"] as const)
      expect(() => box.open(sealed, other)).toThrow(SecretUnreadable);
  });

  it("opens what an older key sealed, seals with the first, and refuses a key that is gone", () => {
    const [old, fresh] = [key("k1"), key("k2")];
    const sealedBefore = createSecretBox(old).seal("secret", place);
    const rotating = createSecretBox(`${fresh},${old}`);
    expect(rotating.open(sealedBefore, place)).toBe("secret");
    expect(rotating.isOld(sealedBefore)).toBe(true);
    const sealedAgain = rotating.seal(rotating.open(sealedBefore, place), place);
    expect(rotating.isOld(sealedAgain)).toBe(false);
    const rotated = createSecretBox(fresh);
    expect(rotated.open(sealedAgain, place)).toBe("secret");
    expect(() => rotated.open(sealedBefore, place)).toThrow("key is not among");
  });

  it("refuses the right key id with another key behind it", () => {
    const sealed = createSecretBox(key("k1")).seal("secret", place);
    expect(() => createSecretBox(key("k1")).open(sealed, place)).toThrow(SecretUnreadable);
  });

  it("finds every single changed bit and every changed character", () => {
    const box = createSecretBox(key("k1"));
    const sealed = box.seal("a secret", place);
    const parts = sealed.split(":");
    for (const index of [2, 3, 4]) {
      const bytes = Buffer.from(parts[index] ?? "", "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const forged = parts.with(index, flipped.toString("base64url")).join(":");
        expect(() => box.open(forged, place)).toThrow(SecretUnreadable);
      }
    }
    for (let at = 0; at < sealed.length; at++) {
      const forged = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
      expect(() => box.open(forged, place)).toThrow(SecretUnreadable);
    }
  });

  it("refuses shortened tags and things that are not envelopes", () => {
    const box = createSecretBox(key("k1"));
    const parts = box.seal("secret", place).split(":");
    const short = Buffer.from(parts[4] ?? "", "base64url").subarray(0, 4);
    for (const forged of [
      parts.with(4, short.toString("base64url")).join(":"),
      "",
      "secret",
      "v2:k1:a:b:c",
      `${parts.join(":")}:`,
    ])
      expect(() => box.open(forged, place)).toThrow(SecretUnreadable);
  });

  it("refuses a key ring that could not work", () => {
    expect(() => createSecretBox("")).toThrow();
    expect(() => createSecretBox(`k1:${randomBytes(16).toString("base64")}`)).toThrow("32 bytes");
    expect(() => createSecretBox(`${key("k1")},${key("k1")}`)).toThrow("twice");
  });

  it("uses the keys of the environment", () => {
    expect(open(seal("secret", place), place)).toBe("secret");
  });
});
