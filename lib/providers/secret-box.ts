import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

/**
 * Where a secret is stored: `table:column:tenant:row` (an empty tenant for tables that have none). It is authenticated
 * with the secret, so an envelope copied to another row, column or workspace does not open there.
 */
export type SecretPlace = `${string}:${string}:${string}:${string}`;

export class SecretUnreadable extends Error {
  constructor(because: string) {
    super(`A stored secret cannot be read: ${because}.`);
    this.name = "SecretUnreadable";
  }
}

export type SecretBox = {
  seal(plain: string, place: SecretPlace): string;
  open(envelope: string, place: SecretPlace): string;
  /** True where the envelope was sealed with another key than the first one: rotation seals those again. */
  isOld(envelope: string): boolean;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `keys` is `kid:base64(32 bytes)`, comma-separated: the first seals, all of them open. */
export function createSecretBox(keys: string): SecretBox {
  const ring = new Map<string, Buffer>();
  for (const entry of keys.split(",")) {
    const [kid = "", encoded = ""] = entry.trim().split(":");
    const key = Buffer.from(encoded, "base64");
    if (kid === "" || key.length !== 32) throw new Error("ENCRYPTION_KEYS: each key must be kid:base64 of 32 bytes.");
    if (ring.has(kid)) throw new Error(`ENCRYPTION_KEYS: the key id ${kid} is there twice.`);
    ring.set(kid, key);
  }
  const [current] = ring;
  if (!current) throw new Error("ENCRYPTION_KEYS holds no key.");
  const [currentKid, currentKey] = current;

  return {
    seal(plain, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", currentKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place, "utf8"));
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return ["v1", currentKid, encode(nonce), encode(sealed), encode(cipher.getAuthTag())].join(":");
    },

    open(envelope, place) {
      const parts = envelope.split(":");
      const [version, kid = "", nonceText = "", sealedText = "", tagText = ""] = parts;
      if (version !== "v1" || parts.length !== 5) throw new SecretUnreadable("it is not a v1 envelope");
      const key = ring.get(kid);
      if (!key) throw new SecretUnreadable("its key is not among ENCRYPTION_KEYS");
      const nonce = decode(nonceText);
      const tag = decode(tagText);
      // A shortened tag would be accepted by GCM and is easy to forge.
      if (nonce.length !== NONCE_BYTES || tag.length !== TAG_BYTES) throw new SecretUnreadable("it is damaged");
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place, "utf8"));
      decipher.setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(decode(sealedText)), decipher.final()]).toString("utf8");
      } catch {
        throw new SecretUnreadable("it was changed, or belongs to another place");
      }
    },

    isOld: (envelope) => envelope.split(":")[1] !== currentKid,
  };
}

const encode = (bytes: Buffer) => bytes.toString("base64url");

/** Refuses a second spelling of the same bytes, so that one secret has one envelope. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (encode(bytes) !== text) throw new SecretUnreadable("it is damaged");
  return bytes;
}

let ours: SecretBox | undefined;
const box = () => {
  ours ??= createSecretBox(env.ENCRYPTION_KEYS);
  return ours;
};

export const seal: SecretBox["seal"] = (plain, place) => box().seal(plain, place);
export const open: SecretBox["open"] = (envelope, place) => box().open(envelope, place);
export const isOld: SecretBox["isOld"] = (envelope) => box().isOld(envelope);
