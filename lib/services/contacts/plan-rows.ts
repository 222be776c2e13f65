import { findErasedHashes, findKnown, findOwners, hasErasures } from "@/db/queries/contacts/find-known";
import type { Named } from "@/db/queries/contacts/named";
import {
  applyProfile,
  belongsTo,
  type Draft,
  identityKey,
  isNobody,
  newDraft,
} from "@/lib/domain/contacts/apply-profile";
import { findMatch } from "@/lib/domain/contacts/find-match";
import { nameKey } from "@/lib/domain/contacts/name-key";
import type { CleanProfile } from "@/lib/domain/contacts/profile";
import type { FieldFault } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { Overtaken, type Tx } from "../context";
import { addressesOf, addressHasher, type HashOf } from "./address-hashes";
import { directoryOf, enter, forgetMoved, type OpenDirectory } from "./directory";
import { copyOf, loadDrafts, type Origin } from "./load-drafts";
import { mostTags, resolveNamed } from "./resolve-named";
import { failed, type WriteOptions, type WriteOutcome, type WriteRow } from "./write-shapes";

export type Prepared = {
  companies: ReadonlyMap<string, Named>;
  tags: ReadonlyMap<string, Named>;
  owners: ReadonlySet<string>;
  hashOf: HashOf;
};

/** What does not change from round to round: names and owners. */
export async function prepare(tx: Tx, rows: readonly WriteRow[], { at, hashOf }: WriteOptions): Promise<Prepared> {
  const said = <Value>(pick: (profile: CleanProfile) => Value | readonly Value[] | null | undefined): Value[] => [
    ...new Set(rows.flatMap(({ profile }) => pick(profile) ?? [])),
  ];
  return {
    companies: await resolveNamed(
      tx,
      "companies",
      said(({ company }) => company),
      at,
    ),
    tags: await resolveNamed(
      tx,
      "tags",
      said(({ tags }) => tags),
      at,
    ),
    owners: await findOwners(
      tx.db,
      tx.tenantId,
      said(({ ownerId }) => ownerId),
    ),
    hashOf: hashOf ?? addressHasher(tx),
  };
}

export const erasedMessage = "This person was erased at their own request and cannot be taken in again.";

/** Which of the addresses that are said belong to people who were erased at their own request. */
async function loadErased(tx: Tx, rows: readonly WriteRow[], hashOf: HashOf): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  if (await hasErasures(tx.db, tx.tenantId))
    for (const { profile } of rows) for (const { hash } of addressesOf(profile, hashOf)) hashes.add(hash);
  return findErasedHashes(tx.db, tx.tenantId, [...hashes]);
}

export type Plan = {
  drafts: Map<string, Draft>;
  outcomes: WriteOutcome[];
  origin: Map<string, Origin>;
  prepared: Prepared;
};

export async function planRows(
  tx: Tx,
  rows: readonly WriteRow[],
  waiting: readonly number[],
  prepared: Prepared,
  options: WriteOptions,
): Promise<Plan> {
  const profiles = waiting.flatMap((index) => rows[index] ?? []);
  const found = await findKnown(tx.db, tx.tenantId, {
    externalIds: unique(profiles.map(({ profile }) => profile.externalId)),
    emails: options.match.includes("email") ? unique(profiles.map(({ profile }) => profile.email)) : [],
    phones: options.match.includes("phone") ? unique(profiles.map(({ profile }) => profile.phone)) : [],
    identities: unique(profiles.flatMap(({ profile }) => (profile.identities ?? []).map(identityKey))),
    ids: unique(profiles.map(({ id }) => id)),
  });
  const directory = directoryOf(found);
  const targetOf = ({ id, profile }: WriteRow) => {
    if (id !== undefined) return directory.ids.get(id) ?? id;
    return options.policy === "create" ? null : findMatch(profile, options.match, directory);
  };
  const targets = unique(profiles.map(targetOf));
  const drafts = new Map<string, Draft>();
  const origin = new Map<string, Origin>();
  await loadDrafts(tx, targets, profiles, { drafts, origin });
  // Whoever was found and is gone may have been merged into somebody, who then is meant; they are no one new.
  const isGone = (row: WriteRow) => row.id === undefined && !drafts.has(targetOf(row) ?? "");
  if (targets.length > drafts.size && profiles.some((row) => targetOf(row) !== null && isGone(row)))
    throw new Overtaken("Somebody who was found is gone.");
  // Asked behind the locks: whoever was being erased a moment ago is erased by now, and not somebody new.
  const erased = await loadErased(tx, profiles, prepared.hashOf);
  forgetMoved(directory, targets, drafts);

  /** By an address nobody is found who got a number of their own by an earlier row. */
  const draftOf = (row: WriteRow, target: string | null) => {
    const draft = target ? drafts.get(target) : undefined;
    if (!draft || row.id !== undefined) return draft;
    const isOther = row.profile.externalId && draft.fields.externalId && !isSame(draft, row.profile, directory);
    return isOther ? undefined : draft;
  };

  const outcomes = waiting.map((index): WriteOutcome => {
    const row = rows[index];
    if (!row) return failed(index, "", "is missing");
    const draft = draftOf(row, targetOf(row));
    if (row.id !== undefined && !draft) return failed(index, "", "There is no such contact any more.");
    if (draft && options.policy === "skip") return { index, kind: "skipped", id: draft.id, faults: [] };
    const faults = faultsOf(row.profile, draft?.id ?? null, directory, { ...prepared, erased });
    if (faults.length > 0) return { index, kind: "failed", id: null, faults };

    const next = draft ?? newDraft(uuidv7(options.at.getTime()));
    const before = draft ? copyOf(draft) : null;
    const said = draft && row.id === undefined ? withoutAlias(draft, row.profile) : row.profile;
    const changed = applyProfile(next, said, namesOf(row.profile, prepared), options.tags ?? "add");
    if (isNobody(next)) {
      if (before) drafts.set(before.id, before);
      return failed(index, "", "would leave nothing by which the contact can be told from others");
    }
    drafts.set(next.id, next);
    enter(directory, next, row.profile);
    return { index, kind: draft ? (changed ? "updated" : "unchanged") : "created", id: next.id, faults: [] };
  });
  return { drafts, outcomes, origin, prepared };
}

/** An external id may be the contact's own, or one that a merge left to it. */
function isSame(draft: Draft, { externalId }: CleanProfile, directory: OpenDirectory): boolean {
  if (draft.fields.externalId === externalId) return true;
  return externalId ? directory.externalIds.get(externalId)?.id === draft.id : false;
}

/** Who was found by the number of a contact that was merged into this one keeps their own number. */
function withoutAlias(draft: Draft, profile: CleanProfile): CleanProfile {
  if (!profile.externalId || draft.fields.externalId === null) return profile;
  const { externalId: _, ...rest } = profile;
  return rest;
}

function faultsOf(
  profile: CleanProfile,
  target: string | null,
  directory: OpenDirectory,
  { owners, tags, erased, hashOf }: Prepared & { erased: ReadonlySet<string> },
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (erased.size > 0)
    for (const { pointer, hash } of addressesOf(profile, hashOf))
      if (erased.has(hash)) faults.push({ pointer, message: erasedMessage });
  const holder = profile.externalId ? directory.externalIds.get(profile.externalId)?.id : undefined;
  if (holder && holder !== target) faults.push({ pointer: "/external_id", message: belongsTo(holder) });
  for (const [index, identity] of (profile.identities ?? []).entries()) {
    const owner = directory.identities.get(identityKey(identity))?.id;
    if (owner && owner !== target) faults.push({ pointer: `/identities/${index}`, message: belongsTo(owner) });
  }
  if (profile.ownerId && !owners.has(profile.ownerId))
    faults.push({ pointer: "/owner_id", message: "is nobody of this workspace" });
  for (const [index, tag] of (profile.tags ?? []).entries())
    if (!tags.has(nameKey(tag)))
      faults.push({ pointer: `/tags/${index}`, message: `would be one of more than ${mostTags} tags` });
  return faults;
}

function namesOf(profile: CleanProfile, { companies, tags }: Prepared) {
  return {
    company: profile.company ? (companies.get(nameKey(profile.company)) ?? null) : null,
    tagIds: profile.tags?.flatMap((tag) => tags.get(nameKey(tag))?.id ?? []),
  };
}

const unique = <Value>(values: readonly (Value | null | undefined)[]): Value[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];
