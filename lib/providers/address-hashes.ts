import { createHash, createHmac, hash as digestOf } from "node:crypto";
import type { AddressHashes } from "@/lib/domain/contacts/ports";
import type { Env } from "@/lib/env";

/**
 * HMAC-SHA-256 (RFC 2104) by one-shot hashes: an import asks for hundreds of thousands, and the stream that `createHmac`
 * makes for each costs several times the hash. A test holds it to `createHmac`.
 */
export function keyedHash(key: string | Buffer): (text: string) => string {
  const given = Buffer.from(key);
  const block = Buffer.alloc(64);
  (given.length > block.length ? createHash("sha256").update(given).digest() : given).copy(block);
  const outer = Buffer.alloc(96);
  outer.set(block.map((byte) => byte ^ 0x5c));
  // One piece of memory for all short texts: an address is never longer.
  const inner = Buffer.alloc(64 + 1_024);
  inner.set(block.map((byte) => byte ^ 0x36));
  return (text) => {
    const isShort = text.length <= 340;
    const message = isShort
      ? inner.subarray(0, 64 + inner.write(text, 64, "utf8"))
      : Buffer.concat([inner.subarray(0, 64), Buffer.from(text, "utf8")]);
    outer.set(digestOf("sha256", message, "buffer"), 64);
    return digestOf("sha256", outer, "hex");
  };
}

/**
 * The names under which the suppression list knows addresses: a keyed hash, so that the list outlives the person's erasure
 * and tells nobody who is on it. The workspace is part of it, so two workspaces cannot compare their lists. 128 bits are
 * kept: nobody can search them, and they fit the type that PostgreSQL compares fastest.
 */
export function createAddressHashes(env: Pick<Env, "SUPPRESSION_PEPPER" | "AUTH_SECRET">): AddressHashes {
  const pepper =
    env.SUPPRESSION_PEPPER ?? createHmac("sha256", env.AUTH_SECRET).update("pepper of suppressed addresses").digest();
  const mac = keyedHash(pepper);
  const hash = (text: string) => {
    const hex = mac(text);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  };
  return {
    hash: (tenantId, kind, address) => hash(`${tenantId}\n${kind}\n${address}`),
    fingerprint: () => hash("fingerprint"),
  };
}
