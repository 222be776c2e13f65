import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Secrets we hand out and only remember as hashes. They are long and random, so a plain SHA-256 is enough: there is
 * nothing to guess. (Passwords are another matter: `lib/providers/password-hash.ts`.)
 */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a, "hex");
  const right = Buffer.from(b, "hex");
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}

export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export const keyBrands = { workspace: "ms_live", platform: "ms_org" } as const;
export type KeyBrand = keyof typeof keyBrands;

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghijkmnopqrstuvwxyz";

/** Unbiased: a byte that would favour the first letters is thrown away. */
function randomLetters(count: number): string {
  let out = "";
  while (out.length < count) {
    for (const byte of randomBytes(count * 2)) {
      if (byte < Math.floor(256 / letters.length) * letters.length) out += letters[byte % letters.length];
      if (out.length === count) break;
    }
  }
  return out;
}

export type NewKey = { secret: string; prefix: string; hash: string };

/** `ms_live_<8 id><32 random><6 check>`: scanners find it by its head, and a typing error is told from a revoked key. */
export function newKey(brand: KeyBrand): NewKey {
  const prefix = `${keyBrands[brand]}_${randomLetters(8)}`;
  const body = `${prefix}_${randomLetters(32)}`;
  const secret = `${body}${checksum(body)}`;
  return { secret, prefix, hash: hashSecret(secret) };
}

export function readKey(text: string): { brand: KeyBrand; prefix: string } | null {
  const match = /^((ms_live|ms_org)_[0-9A-Za-z]{8})_[0-9A-Za-z]{38}$/.exec(text);
  if (!match?.[1] || checksum(text.slice(0, -6)) !== text.slice(-6)) return null;
  return { brand: match[2] === "ms_org" ? "platform" : "workspace", prefix: match[1] };
}

function checksum(body: string): string {
  let value = Number.parseInt(createHash("sha256").update(`key:${body}`).digest("hex").slice(0, 12), 16);
  let out = "";
  for (let i = 0; i < 6; i++) {
    out += letters[value % letters.length];
    value = Math.floor(value / letters.length);
  }
  return out;
}
