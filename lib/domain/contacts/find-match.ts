import { identityKey } from "./apply-profile";
import type { CleanProfile } from "./profile";

export const matchKeys = ["external_id", "email", "phone"] as const;
export type MatchKey = (typeof matchKeys)[number];

/** Who is known under a key: the oldest of all, and the oldest that no other system has numbered. */
export type Known = { id: string; unnumbered: string | null };
/** Of a phone also who is known there without an e-mail address. */
export type KnownByPhone = Known & { mailless: { id: string | null; unnumbered: string | null } };

export type Directory = {
  externalIds: ReadonlyMap<string, Known>;
  emails: ReadonlyMap<string, Known>;
  phones: ReadonlyMap<string, KnownByPhone>;
  identities: ReadonlyMap<string, Known>;
};

/**
 * Whom a profile means, by the first key that finds somebody; an account at a vendor finds its owner last. An address only
 * finds contacts whose external id does not contradict: two customers of a shop who share a mail box stay two. And where the
 * e-mail address says more than the phone, a phone finds nobody who has another one: a family shares its number.
 */
export function findMatch(profile: CleanProfile, keys: readonly MatchKey[], directory: Directory): string | null {
  for (const key of keys) {
    const found =
      key === "external_id"
        ? profile.externalId && directory.externalIds.get(profile.externalId)?.id
        : key === "email"
          ? byAddress(profile, profile.email ? directory.emails.get(profile.email) : undefined)
          : byAddress(profile, byPhone(profile, keys, directory));
    if (found) return found;
  }
  for (const identity of profile.identities ?? []) {
    const found = directory.identities.get(identityKey(identity));
    if (found) return (profile.externalId ? found.unnumbered : found.id) ?? null;
  }
  return null;
}

function byPhone(profile: CleanProfile, keys: readonly MatchKey[], { phones }: Directory) {
  const found = profile.phone ? phones.get(profile.phone) : undefined;
  const saysMore = keys.includes("email") && keys.indexOf("email") < keys.indexOf("phone");
  return saysMore && profile.email ? found?.mailless : found;
}

function byAddress(
  profile: CleanProfile,
  found: { id: string | null; unnumbered: string | null } | undefined,
): string | null {
  if (!found) return null;
  return profile.externalId ? found.unnumbered : found.id;
}
