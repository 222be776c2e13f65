import type { AddressKind } from "@/lib/domain/contacts/ports";
import type { CleanIdentity, CleanProfile } from "@/lib/domain/contacts/profile";
import type { Context } from "../context";

export type HashOf = (kind: AddressKind, address: string) => string;

/** Each address is hashed once, however often it is asked for. */
export function addressHasher({ ports, tenantId }: Pick<Context, "ports" | "tenantId">): HashOf {
  const known = new Map<AddressKind, Map<string, string>>();
  return (kind, address) => {
    const ofKind = known.get(kind) ?? new Map<string, string>();
    known.set(kind, ofKind);
    const hash = ofKind.get(address) ?? ports.hashes.hash(tenantId, kind, address);
    ofKind.set(address, hash);
    return hash;
  };
}

/** WhatsApp uses phone numbers: what stops the number stops both. */
export function identityHash({ channel, externalId }: CleanIdentity, hashOf: HashOf): string {
  return channel === "whatsapp" && externalId.startsWith("+")
    ? hashOf("phone", externalId)
    : hashOf(channel, externalId);
}

export function addressesOf(profile: CleanProfile, hashOf: HashOf): { pointer: string; hash: string }[] {
  const { email, phone, externalId, identities = [] } = profile;
  const addresses = identities.map((identity, index) => ({
    pointer: `/identities/${index}/external_id`,
    hash: identityHash(identity, hashOf),
  }));
  if (email) addresses.push({ pointer: "/email", hash: hashOf("email", email) });
  if (phone) addresses.push({ pointer: "/phone", hash: hashOf("phone", phone) });
  if (externalId) addresses.push({ pointer: "/external_id", hash: hashOf("external_id", externalId) });
  return addresses;
}
