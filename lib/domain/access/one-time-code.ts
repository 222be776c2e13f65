import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Time-based one-time codes (RFC 6238): SHA-1, six digits, thirty seconds, which is what every authenticator app reads. */
const base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
export const stepSeconds = 30;

export function newTotpSecret(): string {
  return toBase32(randomBytes(20));
}

export function totpStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export type CodeVerdict = { kind: "accept"; step: number } | { kind: "refuse"; because: "wrong" | "used" };

/** One step of drift either way is forgiven; a step that was used before, or lies before it, never opens again. */
export function checkTotp(facts: { secret: string; code: string; now: Date; lastStep: number | null }): CodeVerdict {
  const given = facts.code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(given)) return { kind: "refuse", because: "wrong" };
  const current = totpStep(facts.now);
  for (const step of [current, current - 1, current + 1]) {
    if (!timingSafeEqual(Buffer.from(totpCode(facts.secret, step)), Buffer.from(given))) continue;
    return facts.lastStep !== null && step <= facts.lastStep
      ? { kind: "refuse", because: "used" }
      : { kind: "accept", step };
  }
  return { kind: "refuse", because: "wrong" };
}

export function totpAddress(secret: string, email: string): string {
  const label = encodeURIComponent(`Madan Sara:${email}`);
  return `otpauth://totp/${label}?secret=${secret}&issuer=Madan%20Sara&algorithm=SHA1&digits=6&period=${stepSeconds}`;
}

/** Ten codes of ten letters without look-alikes, written in two halves. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const text = toBase32(randomBytes(7)).slice(0, 10).toLowerCase();
    return `${text.slice(0, 5)}-${text.slice(5)}`;
  });
}

export function normaliseRecoveryCode(code: string): string {
  return code.toLowerCase().replace(/[^a-z2-7]/g, "");
}

function toBase32(bytes: Buffer): string {
  let bits = 0;
  let value = 0;
  let out = "";
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      out += base32Letters[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  return bits > 0 ? out + base32Letters[(value << (5 - bits)) & 31] : out;
}

function fromBase32(text: string): Buffer {
  let bits = 0;
  let value = 0;
  const out: number[] = [];
  for (const letter of text) {
    value = ((value << 5) | base32Letters.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      out.push((value >>> (bits - 8)) & 255);
      bits -= 8;
    }
  }
  return Buffer.from(out);
}
