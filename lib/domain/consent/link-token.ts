import { createHmac, timingSafeEqual } from "node:crypto";
import { type Channel, channels } from "@/lib/domain/channels/vocabulary";
import { isUuid } from "@/lib/kernel/ids";

/** What a link in a letter is for. A token of one kind opens no other door. */
export const linkKinds = ["preferences", "unsubscribe", "confirm"] as const;
export type LinkKind = (typeof linkKinds)[number];

export type Link = {
  kind: LinkKind;
  tenantId: string;
  contactId: string;
  channel: Channel;
  /** The topic of an unsubscribe link, the ledger's line of a confirmation; null where there is none. */
  about: string | null;
  /** The hash of the address that a question was sent to: a yes from there says nothing of another address. */
  address?: string | null;
  /** A way out never closes; a question that was asked grows old. */
  expiresAt: Date | null;
};

const version = 1;
const macBytes = 16;
const bodyBytes = 1 + 1 + 1 + 16 + 16 + 16 + 6 + 16;
const none = "00000000-0000-0000-0000-000000000000";

/**
 * A signed link in 119 letters: everything it may do stands in it, and nobody else can write one. It is of fixed length,
 * so that its parts cannot be shifted against each other, and it names no address, so that a log of it tells of nobody.
 */
export function sealLink(key: Buffer, link: Link): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeUInt8(version, 0);
  body.writeUInt8(linkKinds.indexOf(link.kind), 1);
  body.writeUInt8(channels.indexOf(link.channel), 2);
  bytesOf(link.tenantId).copy(body, 3);
  bytesOf(link.contactId).copy(body, 19);
  bytesOf(link.about ?? none).copy(body, 35);
  body.writeUIntBE(link.expiresAt ? Math.floor(link.expiresAt.getTime() / 1000) : 0, 51, 6);
  bytesOf(link.address ?? none).copy(body, 57);
  return Buffer.concat([body, mac(key, body)]).toString("base64url");
}

/** Null for whatever this house did not write. A link that is too old is answered, for the page to say so. */
export function openLink(key: Buffer, token: string): Link | null {
  if (!/^[A-Za-z0-9_-]{119}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const body = bytes.subarray(0, bodyBytes);
  const given = bytes.subarray(bodyBytes);
  if (given.length !== macBytes || !timingSafeEqual(given, mac(key, body))) return null;
  // One link has one spelling: the last letter holds bits that decoding ignores.
  if (bytes.toString("base64url") !== token || body.readUInt8(0) !== version) return null;
  const kind = linkKinds[body.readUInt8(1)];
  const channel = channels[body.readUInt8(2)];
  if (!kind || !channel) return null;
  const about = uuidOf(body.subarray(35, 51));
  const address = uuidOf(body.subarray(57, 73));
  const seconds = body.readUIntBE(51, 6);
  return {
    kind,
    channel,
    tenantId: uuidOf(body.subarray(3, 19)),
    contactId: uuidOf(body.subarray(19, 35)),
    about: about === none ? null : about,
    address: address === none ? null : address,
    expiresAt: seconds === 0 ? null : new Date(seconds * 1000),
  };
}

function mac(key: Buffer, body: Buffer): Buffer {
  return createHmac("sha256", key).update(body).digest().subarray(0, macBytes);
}

function bytesOf(uuid: string): Buffer {
  if (!isUuid(uuid)) throw new Error("A link names its things by UUID.");
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
