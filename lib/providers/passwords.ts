import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { dictionary } from "@zxcvbn-ts/language-common";
import type { Passwords } from "@/lib/domain/access/ports";
import { AppError } from "@/lib/kernel/errors";

/** scrypt with OWASP's first choice: 128 MiB and some 400 ms a guess. The parameters travel with the hash. */
type Cost = { n: number; r: number; p: number };
const strong: Cost = { n: 2 ** 17, r: 8, p: 1 };
const keyLength = 32;

/** Two at a time: each takes 128 MiB, and a flood of sign-ins must not take the machine. */
const atOnce = 2;
const longestQueue = 200;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= longestQueue)
      throw new AppError("unavailable", "Too many passwords are being checked. Try again in a moment.", {
        reason: "busy",
        retryAfterSeconds: 5,
      });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        const options = { N: n, r, p, maxmem: 256 * n * r };
        scrypt(password.normalize("NFKC"), salt, keyLength, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}

async function write(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `scrypt$${cost.n}$${cost.r}$${cost.p}$${salt.toString("base64")}$${key.toString("base64")}`;
}

function parse(stored: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const [kind, n, r, p, salt, key] = stored.split("$");
  if (kind !== "scrypt" || !salt || !key) return null;
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, "base64"), key: Buffer.from(key, "base64") };
}

let common: Set<string> | undefined;

export function createPasswords(cost: Cost = strong): Passwords {
  return {
    hash: (password) => write(password, cost),
    async verify(password, stored) {
      const parsed = stored === null ? null : parse(stored);
      // Nobody to compare with: the same work is done, so that time does not tell who exists.
      if (!parsed) {
        await derive(password, Buffer.alloc(16), cost);
        return { kind: "wrong" };
      }
      const key = await derive(password, parsed.salt, parsed.cost);
      if (key.length !== parsed.key.length || !timingSafeEqual(key, parsed.key)) return { kind: "wrong" };
      return { kind: "right", rehash: parsed.cost.n < cost.n };
    },
    isCommon(text) {
      common ??= new Set((dictionary as Record<string, string[]>)["passwords-common"]);
      return common.has(text);
    },
  };
}
