import type { KnownRow } from "@/db/queries/contacts/find-known";
import { type Draft, identityKey } from "@/lib/domain/contacts/apply-profile";
import type { Directory, Known } from "@/lib/domain/contacts/find-match";
import type { CleanProfile } from "@/lib/domain/contacts/profile";

export type OpenDirectory = { [Name in keyof Directory]: Map<string, Known> } & { ids: Map<string, string> };

export function directoryOf(found: readonly KnownRow[]): OpenDirectory {
  const directory: OpenDirectory = {
    externalIds: new Map(),
    emails: new Map(),
    phones: new Map(),
    identities: new Map(),
    ids: new Map(),
  };
  const { externalIds, emails, phones, identities, ids } = directory;
  for (const { kind, value, id, unnumbered } of found) {
    if (kind === "id") ids.set(value, id);
    // Who carries an external id now comes before whoever took over one that was merged away.
    else if (kind === "alias") externalIds.set(value, externalIds.get(value) ?? { id, unnumbered });
    else {
      const map = { external_id: externalIds, email: emails, phone: phones, identity: identities }[kind];
      map.set(value, { id, unnumbered });
    }
  }
  return directory;
}

/** Who was found and is gone, or has another address by now, behind whose lock we waited: then nobody was found. */
export function forgetMoved(directory: OpenDirectory, targets: readonly string[], drafts: ReadonlyMap<string, Draft>) {
  const asked = new Set(targets);
  const check = (map: Map<string, Known>, stands: (draft: Draft, value: string) => boolean) => {
    for (const [value, known] of map)
      for (const id of [known.id, known.unnumbered]) {
        if (id === null || !asked.has(id)) continue;
        const draft = drafts.get(id);
        if (!draft || !stands(draft, value)) map.delete(value);
      }
  };
  check(directory.emails, (draft, value) => draft.fields.email === value);
  check(directory.phones, (draft, value) => draft.fields.phone === value);
  check(directory.externalIds, () => true);
  check(directory.identities, () => true);
}

/** So that a later row of the same call finds what an earlier one said. */
export function enter(directory: OpenDirectory, draft: Draft, profile: CleanProfile) {
  const known = { id: draft.id, unnumbered: draft.fields.externalId === null ? draft.id : null };
  if (profile.externalId) directory.externalIds.set(profile.externalId, known);
  if (profile.email) directory.emails.set(profile.email, directory.emails.get(profile.email) ?? known);
  if (profile.phone) directory.phones.set(profile.phone, directory.phones.get(profile.phone) ?? known);
  for (const identity of profile.identities ?? []) directory.identities.set(identityKey(identity), known);
}
