import type { KnownRow } from "@/db/queries/contacts/find-known";
import { type Draft, identityKey } from "@/lib/domain/contacts/apply-profile";
import type { Known, KnownByPhone } from "@/lib/domain/contacts/find-match";
import type { CleanProfile } from "@/lib/domain/contacts/profile";

export type OpenDirectory = {
  externalIds: Map<string, Known>;
  emails: Map<string, Known>;
  phones: Map<string, KnownByPhone>;
  identities: Map<string, Known>;
  ids: Map<string, string>;
};

const nobody = { id: null, unnumbered: null };

export function directoryOf(found: readonly KnownRow[]): OpenDirectory {
  const directory: OpenDirectory = {
    externalIds: new Map(),
    emails: new Map(),
    phones: new Map(),
    identities: new Map(),
    ids: new Map(),
  };
  const { externalIds, emails, phones, identities, ids } = directory;
  for (const { kind, value, id, unnumbered, mailless, maillessUnnumbered } of found) {
    if (kind === "id") ids.set(value, id);
    // Who carries an external id now comes before whoever took over one that was merged away.
    else if (kind === "alias") externalIds.set(value, externalIds.get(value) ?? { id, unnumbered });
    else if (kind === "phone")
      phones.set(value, { id, unnumbered, mailless: { id: mailless, unnumbered: maillessUnnumbered } });
    else {
      const map = { external_id: externalIds, email: emails, identity: identities }[kind];
      map.set(value, { id, unnumbered });
    }
  }
  return directory;
}

/** Who was found and is gone, or has another address by now, behind whose lock we waited: then nobody was found. */
export function forgetMoved(directory: OpenDirectory, targets: readonly string[], drafts: ReadonlyMap<string, Draft>) {
  const asked = new Set(targets);
  type Stands = (draft: Draft, value: string) => boolean;
  const hasMoved = (ids: readonly (string | null)[], value: string, stands: Stands) =>
    ids.some((id) => {
      if (id === null || !asked.has(id)) return false;
      const draft = drafts.get(id);
      return !draft || !stands(draft, value);
    });
  const check = (map: Map<string, Known>, stands: Stands) => {
    for (const [value, known] of map) if (hasMoved([known.id, known.unnumbered], value, stands)) map.delete(value);
  };
  check(directory.emails, (draft, value) => draft.fields.email === value);
  for (const [value, { id, unnumbered, mailless }] of directory.phones) {
    const hasPhone: Stands = (draft) => draft.fields.phone === value;
    const isMailless: Stands = (draft) => draft.fields.phone === value && draft.fields.email === null;
    if (hasMoved([id, unnumbered], value, hasPhone)) directory.phones.delete(value);
    else if (hasMoved([mailless.id, mailless.unnumbered], value, isMailless))
      directory.phones.set(value, { id, unnumbered, mailless: nobody });
  }
  check(directory.externalIds, () => true);
  check(directory.identities, () => true);
}

/** So that a later row of the same call finds what an earlier one said. */
export function enter(directory: OpenDirectory, draft: Draft, profile: CleanProfile) {
  const known = { id: draft.id, unnumbered: draft.fields.externalId === null ? draft.id : null };
  if (profile.externalId) directory.externalIds.set(profile.externalId, known);
  if (profile.email) directory.emails.set(profile.email, directory.emails.get(profile.email) ?? known);
  const { phone, email } = draft.fields;
  if (phone && (profile.phone || profile.email)) {
    const own = email === null ? { id: known.id, unnumbered: known.unnumbered } : nobody;
    const before = directory.phones.get(phone);
    // Who has told their e-mail address just now is not found any more by whoever brings another one.
    const wasOwn = before && [before.mailless.id, before.mailless.unnumbered].includes(draft.id);
    if (!before) directory.phones.set(phone, { ...known, mailless: own });
    else if (wasOwn || before.mailless.id === null) directory.phones.set(phone, { ...before, mailless: own });
  }
  for (const identity of profile.identities ?? []) directory.identities.set(identityKey(identity), known);
}
