import { identityKey } from "./apply-profile";
import type { CleanProfile } from "./profile";

export const matchKeys = ["external_id", "email", "phone"] as const;
export type MatchKey = (typeof matchKeys)[number];

/** Who is known under a key: the oldest of all, and the oldest that no other system has numbered. */
export type Known = { id: string; unnumbered: string | null };

export type Directory = {
  externalIds: ReadonlyMap<string, Known>;
  emails: ReadonlyMap<string, Known>;
  phones: ReadonlyMap<string, Known>;
  identities: ReadonlyMap<string, Known>;
};

/**
 * Whom a profile means, by the first key that finds somebody; an account at a vendor finds its owner last. An address only
 * finds contacts whose external id does not contradict: two customers of a shop who share a mail box stay two.
 */
export function findMatch(profile: CleanProfile, keys: readonly MatchKey[], directory: Directory): string | null {
  for (const key of keys) {
    const found =
      key === "external_id"
        ? profile.externalId && directory.externalIds.get(profile.externalId)?.id
        : byAddress(profile, key === "email" ? directory.emails : directory.phones, key);
    if (found) return found;
  }
  for (const identity of profile.identities ?? []) {
    const found = directory.identities.get(identityKey(identity));
    if (found) return (profile.externalId ? found.unnumbered : found.id) ?? null;
  }
  return null;
}

function byAddress(profile: CleanProfile, known: ReadonlyMap<string, Known>, key: "email" | "phone"): string | null {
  const address = profile[key];
  const found = address ? known.get(address) : undefined;
  if (!found) return null;
  return profile.externalId ? found.unnumbered : found.id;
}
