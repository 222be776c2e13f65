import { setImmediate as nextTurn } from "node:timers/promises";
import { findErasedHashes, findKnown, findOwners, hasErasures, type KnownRow } from "@/db/queries/contacts/find-known";
import { lockProfiles } from "@/db/queries/contacts/lock-profiles";
import type { Named } from "@/db/queries/contacts/named";
import {
  deleteContactTags,
  inOrder,
  insertContacts,
  insertContactTags,
  insertIdentities,
  keepFormerAddresses,
  type LeftAddress,
  type NewContact,
  rememberChanges,
  type SavedContact,
  saveAttributeValues,
  updateContacts,
} from "@/db/queries/contacts/save-contacts";
import {
  applyProfile,
  belongsTo,
  changesOf,
  type Draft,
  type DraftChanges,
  type HeldAttribute,
  identityKey,
  isChanged,
  isNobody,
  newDraft,
  rememberedChanges,
} from "@/lib/domain/contacts/apply-profile";
import { type Directory, findMatch, type Known, type MatchKey } from "@/lib/domain/contacts/find-match";
import { nameKey } from "@/lib/domain/contacts/name-key";
import type { AddressKind } from "@/lib/domain/contacts/ports";
import type { AttributeValue, CleanIdentity, CleanProfile } from "@/lib/domain/contacts/profile";
import { scoreLead } from "@/lib/domain/contacts/score";
import type { ScoreWeights } from "@/lib/domain/contacts/score-shapes";
import { searchText } from "@/lib/domain/contacts/search-text";
import { AppError, type FieldFault } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Context, Tx } from "../context";
import { mostTags, resolveNamed } from "./resolve-named";
import { scoreContacts, weightsOf } from "./score-contacts";

export type WriteRow = { profile: CleanProfile /** Whom it is about, where that is known already. */; id?: string };

export type WriteOptions = {
  /** What is done with somebody who is known already. `create` looks nobody up. */
  policy: "update" | "skip" | "create";
  match: readonly MatchKey[];
  /** Whether the tags that are said are all there are, or come to those that are there. */
  tags?: "set" | "add";
  importId?: string;
  /** Hashes that were made before, while somebody else was at work. */
  hashOf?: HashOf;
  /** The id of a change: what every contact was before it is kept under it. */
  remember?: string;
  at: Date;
};

export type WriteOutcome = {
  index: number;
  kind: "created" | "updated" | "unchanged" | "skipped" | "failed";
  id: string | null;
  faults: FieldFault[];
};

/** Somebody else may take the same external id at the same moment; then the row is looked at again. */
const mostRounds = 3;

/**
 * The one way in which contacts are written, for one as for thousands: who is meant, what is different, and only that, in
 * the same number of statements however many they are. A row that cannot be written says why and stops no other.
 */
export async function writeContacts(tx: Tx, rows: readonly WriteRow[], options: WriteOptions): Promise<WriteOutcome[]> {
  const outcomes = new Map<number, WriteOutcome>();
  const prepared = await prepare(tx, rows, options);
  const fresh: string[] = [];
  const touched: string[] = [];
  let waiting = rows.map((_, index) => index);
  for (let round = 0; round < mostRounds && waiting.length > 0; round++) {
    const plan = await planRows(tx, rows, waiting, prepared, options);
    const { written, created, lost } = await save(tx, plan, options);
    fresh.push(...created);
    touched.push(...written);
    waiting = [];
    for (const outcome of plan.outcomes)
      if (outcome.id && lost.has(outcome.id)) waiting.push(outcome.index);
      else outcomes.set(outcome.index, outcome);
  }
  for (const index of waiting)
    outcomes.set(index, failed(index, "", "is being written by somebody else at this moment; try again"));
  // Those that were made just now carry their score from the start.
  const made = new Set(fresh);
  const rescored = [...new Set(touched)].filter((id) => !made.has(id));
  if (rescored.length > 0) await scoreContacts(tx, rescored);
  return rows.map((_, index) => outcomes.get(index) ?? failed(index, "", "was not written"));
}

export type HashOf = (kind: AddressKind, address: string) => string;

type Prepared = {
  companies: ReadonlyMap<string, Named>;
  tags: ReadonlyMap<string, Named>;
  owners: ReadonlySet<string>;
  hashOf: HashOf;
};

/** What does not change from round to round: names and owners. */
async function prepare(tx: Tx, rows: readonly WriteRow[], { at, hashOf }: WriteOptions): Promise<Prepared> {
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

/** Which of the addresses that are said belong to people who were erased at their own request. */
async function loadErased(tx: Tx, rows: readonly WriteRow[], hashOf: HashOf): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  if (await hasErasures(tx.db, tx.tenantId))
    for (const { profile } of rows) for (const { hash } of addressesOf(profile, hashOf)) hashes.add(hash);
  return findErasedHashes(tx.db, tx.tenantId, [...hashes]);
}

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
function identityHash({ channel, externalId }: CleanIdentity, hashOf: HashOf): string {
  return channel === "whatsapp" && externalId.startsWith("+")
    ? hashOf("phone", externalId)
    : hashOf(channel, externalId);
}

function addressesOf(profile: CleanProfile, hashOf: HashOf): { pointer: string; hash: string }[] {
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

type Plan = { drafts: Map<string, Draft>; outcomes: WriteOutcome[]; origin: Map<string, Origin>; prepared: Prepared };
/** Of a draft that stands in the table already. */
type Origin = { importId: string | null; createdAt: Date; updatedAt: Date };

async function planRows(
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

type OpenDirectory = { [Name in keyof Directory]: Map<string, Known> } & { ids: Map<string, string> };

function directoryOf(found: readonly KnownRow[]): OpenDirectory {
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
function forgetMoved(directory: OpenDirectory, targets: readonly string[], drafts: ReadonlyMap<string, Draft>) {
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
function enter(directory: OpenDirectory, draft: Draft, profile: CleanProfile) {
  const known = { id: draft.id, unnumbered: draft.fields.externalId === null ? draft.id : null };
  if (profile.externalId) directory.externalIds.set(profile.externalId, known);
  if (profile.email) directory.emails.set(profile.email, directory.emails.get(profile.email) ?? known);
  if (profile.phone) directory.phones.set(profile.phone, directory.phones.get(profile.phone) ?? known);
  for (const identity of profile.identities ?? []) directory.identities.set(identityKey(identity), known);
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
      if (erased.has(hash))
        faults.push({ pointer, message: "This person was erased at their own request and cannot be taken in again." });
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

async function loadDrafts(
  tx: Tx,
  ids: readonly string[],
  profiles: readonly WriteRow[],
  into: Pick<Plan, "drafts" | "origin">,
): Promise<void> {
  const parts = {
    tags: profiles.some(({ profile }) => profile.tags !== undefined),
    attributes: profiles.some(({ profile }) => profile.attributes !== undefined),
  };
  const loaded = await lockProfiles(tx.db, tx.tenantId, ids, parts);
  const companies = new Map(loaded.companies.map(({ id, name }) => [id, name]));
  for (const { id, importId, createdAt, updatedAt, metadata, ...rest } of loaded.rows) {
    const fields = { ...rest, metadata: metadata as Record<string, unknown> | null };
    into.origin.set(id, { importId, createdAt, updatedAt });
    into.drafts.set(id, {
      id,
      before: fields,
      fields,
      companyName: fields.companyId ? (companies.get(fields.companyId) ?? null) : null,
      tags: { before: new Set(), now: new Set() },
      attributes: { before: new Map(), now: new Map() },
      identities: { before: [], added: [] },
    });
  }
  const tags = new Map<string, Set<string>>();
  for (const { contactId, tagId } of loaded.tags) tags.set(contactId, (tags.get(contactId) ?? new Set()).add(tagId));
  for (const [id, held] of tags) {
    const draft = into.drafts.get(id);
    if (draft) draft.tags = { before: held, now: new Set(held) };
  }
  const values = new Map<string, Map<string, HeldAttribute>>();
  for (const { contactId, attributeId, key, type, text, number, date } of loaded.values) {
    const value = type === "boolean" ? text === "true" : (number ?? date ?? text);
    values.set(contactId, (values.get(contactId) ?? new Map()).set(attributeId, { key, type, value }));
  }
  for (const [id, held] of values) {
    const draft = into.drafts.get(id);
    if (draft) draft.attributes = { before: held, now: new Map(held) };
  }
  const accounts = new Map<string, string[]>();
  for (const account of loaded.accounts)
    accounts.set(account.contactId, [...(accounts.get(account.contactId) ?? []), identityKey(account)]);
  for (const [id, before] of accounts) {
    const draft = into.drafts.get(id);
    if (draft) draft.identities = { before, added: [] };
  }
}

function copyOf(draft: Draft): Draft {
  return {
    ...draft,
    fields: { ...draft.fields },
    tags: { before: draft.tags.before, now: new Set(draft.tags.now) },
    attributes: { before: draft.attributes.before, now: new Map(draft.attributes.now) },
    identities: { before: draft.identities.before, added: [...draft.identities.added] },
  };
}

type Saved = {
  written: string[];
  created: string[] /** Whose external id somebody else has just taken. */;
  lost: Set<string>;
};

async function save(tx: Tx, { drafts, origin, prepared }: Plan, options: WriteOptions): Promise<Saved> {
  const changed = [...drafts.values()].flatMap((draft) => {
    const changes = changesOf(draft);
    return draft.before === null || isChanged(changes) ? [{ draft, changes }] : [];
  });
  if (changed.length === 0) return { written: [], created: [], lost: new Set() };
  const news = changed.filter(({ draft }) => draft.before === null);
  const knowns = changed.filter(({ draft }) => draft.before !== null);

  const taken = await insertNew(tx, news, prepared, options);
  const lost = new Set(news.flatMap(({ draft }) => (taken.has(draft.id) ? [] : [draft.id])));
  await updateContacts(
    tx.db,
    tx.tenantId,
    knowns.map(({ draft }) => savedRow(draft, prepared, changedAt(origin.get(draft.id), options))),
  );
  await keepFormerAddresses(
    tx.db,
    tx.tenantId,
    knowns.flatMap(({ draft }) => leftAddresses(draft, prepared.hashOf)),
    options.at,
  );
  const done = changed.filter(({ draft }) => !lost.has(draft.id));
  await saveParts(tx, done, prepared, options.at);
  if (options.remember !== undefined) {
    const kept = knowns.filter(({ draft }) => !isOfImport(origin.get(draft.id), options));
    await rememberChanges(
      tx.db,
      tx.tenantId,
      options.remember,
      kept.map(({ draft, changes }) => ({ contactId: draft.id, ...rememberedChanges(draft, changes) })),
      options.at,
    );
  }
  return { written: done.map(({ draft }) => draft.id), created: [...taken], lost };
}

type Changed = { draft: Draft; changes: DraftChanges };

async function saveParts(tx: Tx, done: readonly Changed[], { hashOf }: Prepared, at: Date): Promise<void> {
  const added = done.flatMap(({ draft, changes }) =>
    changes.tagsAdded.map((tagId) => ({ contactId: draft.id, tagId })),
  );
  const removed = done.flatMap(({ draft, changes }) =>
    changes.tagsRemoved.map((tagId) => ({ contactId: draft.id, tagId })),
  );
  await insertContactTags(tx.db, tx.tenantId, added, at);
  await deleteContactTags(tx.db, tx.tenantId, removed);
  const values = done.flatMap(({ draft, changes }) =>
    changes.attributes.map((value) => ({ contactId: draft.id, ...value })),
  );
  await saveAttributeValues(tx.db, tx.tenantId, values);
  const accounts = done.flatMap(({ draft, changes }) =>
    changes.identities.map((identity) => ({
      id: uuidv7(at.getTime()),
      contactId: draft.id,
      channel: identity.channel,
      externalId: identity.externalId,
      handle: identity.handle ?? null,
      addressHash: identityHash(identity, hashOf),
    })),
  );
  const taken = await insertIdentities(tx.db, tx.tenantId, accounts, at);
  // Nothing half done: the whole call is taken back, and the next try finds whose the account is.
  if (taken < accounts.length)
    throw new AppError("conflict", "Somebody else has just claimed one of these accounts. Try again.", {
      reason: "identity_taken",
      retryAfterSeconds: 1,
    });
}

/** What the contact was reached at until now. */
function leftAddresses({ id, before, fields }: Draft, hashOf: HashOf): LeftAddress[] {
  return (["email", "phone"] as const).flatMap((kind) => {
    const old = before?.[kind];
    return old && old !== fields[kind] ? [{ contactId: id, addressHash: hashOf(kind, old) }] : [];
  });
}

/** What an import made and nobody else has touched stays untouched when a later line of the same import adds to it. */
function changedAt(origin: Origin | undefined, options: WriteOptions): Date {
  if (origin && isOfImport(origin, options) && origin.updatedAt.getTime() === origin.createdAt.getTime())
    return origin.createdAt;
  return options.at;
}

function isOfImport(origin: Origin | undefined, { importId }: WriteOptions): boolean {
  return importId !== undefined && origin?.importId === importId;
}

function savedRow({ id, fields, companyName }: Draft, { hashOf }: Prepared, updatedAt: Date): SavedContact {
  const { email, phone } = fields;
  const emailHash = email ? hashOf("email", email) : null;
  const phoneHash = phone ? hashOf("phone", phone) : null;
  return { id, fields, emailHash, phoneHash, search: storedSearch(fields, companyName), updatedAt };
}

/** It begins with a blank, so that the beginning of every word can be asked for alike. */
export function storedSearch(contact: Parameters<typeof searchText>[0], company: string | null): string {
  return ` ${searchText(contact, company)}`;
}

/** So many in one statement: while the database writes them, the next are made ready here. */
const insertPortion = 500;

/** Answers who was really taken in. */
async function insertNew(
  tx: Tx,
  news: readonly Changed[],
  prepared: Prepared,
  options: WriteOptions,
): Promise<Set<string>> {
  const taken = new Set<string>();
  if (news.length === 0) return taken;
  const weights = await weightsOf(tx);
  const drafts = news.map(({ draft }) => draft).sort(inOrder);
  let running: Promise<string[]> = Promise.resolve([]);
  for (let start = 0; start < drafts.length; start += insertPortion) {
    const rows = drafts.slice(start, start + insertPortion).map((draft) => newRow(draft, prepared, weights, options));
    for (const id of await running) taken.add(id);
    running = insertContacts(tx.db, tx.tenantId, rows);
    // Whoever waits for it hears of a failure; until then it must not count as one that nobody looks at.
    running.catch(() => undefined);
    // Until it is on its way: the driver sends when nothing else is to be done.
    await nextTurn();
  }
  for (const id of await running) taken.add(id);
  return taken;
}

function newRow(draft: Draft, prepared: Prepared, weights: ScoreWeights, options: WriteOptions): NewContact {
  const { id, fields, emailHash, phoneHash, search, updatedAt } = savedRow(draft, prepared, options.at);
  const { email, phone, country, stage, preferredChannel, locale } = fields;
  const { score, grade } = scoreLead(
    {
      email,
      phone,
      country,
      stage,
      preferredChannel,
      locale,
      hasCompany: fields.companyId !== null,
      customerType: fields.givenType ?? "new",
      attributes: attributesOf(draft),
      channels: [],
      lastPurchaseAt: null,
      lastVisitAt: null,
      lastReplyAt: null,
    },
    weights,
    options.at,
  );
  return { id, fields, emailHash, phoneHash, search, updatedAt, score, grade, importId: options.importId ?? null };
}

function attributesOf(draft: Draft): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = Object.create(null);
  for (const { key, value } of draft.attributes.now.values()) if (value !== null) values[key] = value;
  return values;
}

const unique = <Value>(values: readonly (Value | null | undefined)[]): Value[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];

const failed = (index: number, pointer: string, message: string): WriteOutcome => ({
  index,
  kind: "failed",
  id: null,
  faults: [{ pointer, message }],
});
