/**
 * Ids are UUIDv7 in tables: they sort by time, so an index grows at its end. On the wire they carry their noun and are
 * written as TypeIDs (`key_01h455vb4pex5vsknk084sn02q`): 26 characters of Crockford base32 that copy with a double click.
 */
export const nouns = {
  person: "per",
  tenant: "ws",
  member: "mem",
  invitation: "inv",
  key: "key",
  platformKey: "pky",
  session: "ses",
  auditLine: "aud",
  organisation: "org",
  mail: "mail",
  run: "run",
  engineEvent: "evt",
  contact: "con",
  identity: "idn",
  company: "com",
  tag: "tag",
  attribute: "att",
  note: "not",
  task: "tsk",
  topic: "top",
  consent: "cns",
  suppression: "sup",
  segment: "seg",
  import: "imp",
  export: "exp",
  bulkChange: "chg",
  merge: "mrg",
  dataRequest: "drq",
  erasure: "era",
} as const;
export type Noun = keyof typeof nouns;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const bareUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The randomness is passed in where a test needs it; the version and variant bits are set here. */
export function uuidv7(now: number = Date.now(), random: Uint8Array = tenRandomBytes()): string {
  const time = Math.floor(now).toString(16).padStart(12, "0");
  const hex = (i: number) => hexPairs[random[i] ?? 0] ?? "00";
  const version = hexPairs[((random[0] ?? 0) & 0x0f) | 0x70];
  const variant = hexPairs[((random[2] ?? 0) & 0x3f) | 0x80];
  const tail = hex(4) + hex(5) + hex(6) + hex(7) + hex(8) + hex(9);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${hex(1)}-${variant}${hex(3)}-${tail}`;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Drawn for hundreds of ids at once: an import makes them by the hundred thousand, and each draw of its own is a call. */
const drawn = new Uint8Array(4_000);
let used = drawn.length;

function tenRandomBytes(): Uint8Array {
  if (used >= drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  used += 10;
  return drawn.subarray(used - 10, used);
}

export function isUuid(text: string): boolean {
  return bareUuid.test(text);
}

export function toWireId(noun: Noun, uuid: string): string {
  let value = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let out = "";
  for (let i = 0; i < 26; i++) {
    out = alphabet[Number(value & 31n)] + out;
    value >>= 5n;
  }
  return `${nouns[noun]}_${out}`;
}

/** Accepts the prefixed form of this noun and a bare UUID; anything else is null. */
export function fromWireId(noun: Noun, text: string): string | null {
  if (bareUuid.test(text)) return text.toLowerCase();
  const prefix = `${nouns[noun]}_`;
  if (!text.startsWith(prefix) || text.length !== prefix.length + 26) return null;
  let value = 0n;
  for (const letter of text.slice(prefix.length)) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  if (value >> 128n) return null;
  const hex = value.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
