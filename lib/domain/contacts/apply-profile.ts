import type { Channel } from "@/lib/domain/channels/vocabulary";
import { toWireId } from "@/lib/kernel/ids";
import type { AttributeValue, CleanIdentity, CleanProfile } from "./profile";
import type { AttributeType, CustomerType, Device, Stage } from "./vocabulary";

/** The columns of a contact that callers write. */
export type ContactFields = {
  externalId: string | null;
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  country: string | null;
  givenType: CustomerType | null;
  stage: Stage;
  timeZone: string | null;
  locale: string | null;
  devicePreference: Device | null;
  preferredChannel: Channel | null;
  companyId: string | null;
  ownerId: string | null;
  metadata: Record<string, unknown> | null;
};

export type HeldAttribute = { key: string; type: AttributeType; value: AttributeValue | null };

/** A contact on its way: as it was, and as it will be once all that is said of it has been taken in. */
export type Draft = {
  id: string;
  /** Null for somebody new. */
  before: ContactFields | null;
  fields: ContactFields;
  companyName: string | null;
  tags: { before: ReadonlySet<string>; now: Set<string> };
  attributes: { before: ReadonlyMap<string, HeldAttribute>; now: Map<string, HeldAttribute> };
  identities: { before: readonly string[]; added: CleanIdentity[] };
};

/** A new contact's fields before anything is said of it. */
const blank: ContactFields = {
  externalId: null,
  name: "",
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  country: null,
  givenType: null,
  stage: "lead",
  timeZone: null,
  locale: null,
  devicePreference: null,
  preferredChannel: null,
  companyId: null,
  ownerId: null,
  metadata: null,
};

const fieldNames = Object.keys(blank) as (keyof ContactFields)[];

export function newDraft(id: string): Draft {
  return {
    id,
    before: null,
    fields: { ...blank },
    companyName: null,
    tags: { before: new Set(), now: new Set() },
    attributes: { before: new Map(), now: new Map() },
    identities: { before: [], added: [] },
  };
}

export type Names = {
  /** By the key of its name. */
  company: { id: string; name: string } | null;
  tagIds: readonly string[] | undefined;
};

/** Takes what is said into the draft. Answers whether anything is different now. */
export function applyProfile(draft: Draft, profile: CleanProfile, names: Names, tags: "set" | "add"): boolean {
  const changed = [
    applyFields(draft, profile, names),
    applyTags(draft, names.tagIds, tags),
    applyAttributes(draft, profile.attributes ?? []),
    applyIdentities(draft, profile.identities ?? []),
  ];
  return changed.includes(true);
}

function applyFields(draft: Draft, profile: CleanProfile, names: Names): boolean {
  const { company } = profile;
  // Field by field into a copy: every contact keeps one shape, which an import of a million feels.
  const next: ContactFields = { ...draft.fields };
  for (const name of fieldNames) {
    const said = (profile as Partial<ContactFields>)[name];
    if (said !== undefined) (next as Record<string, unknown>)[name] = said;
  }
  if (company !== undefined) next.companyId = names.company?.id ?? null;
  Object.assign(next, namesThatFollow(draft.fields, profile));
  const changed = differences(draft.fields, next).length > 0;
  draft.fields = next;
  if (company !== undefined) draft.companyName = names.company?.name ?? null;
  return changed;
}

/** A name and its parts are said together or apart; what was made of the other follows, what somebody wrote stays. */
function namesThatFollow(fields: ContactFields, profile: CleanProfile): Partial<ContactFields> {
  const joined = joinNames(fields.firstName, fields.lastName);
  const saysParts = profile.firstName !== undefined || profile.lastName !== undefined;
  if (profile.name === undefined && saysParts && (fields.name === "" || fields.name === joined)) {
    const first = profile.firstName === undefined ? fields.firstName : profile.firstName;
    const last = profile.lastName === undefined ? fields.lastName : profile.lastName;
    return { name: joinNames(first, last) };
  }
  if (profile.name !== undefined && profile.name !== fields.name && !saysParts && joined !== "")
    return { firstName: null, lastName: null };
  return {};
}

const joinNames = (first: string | null, last: string | null) => [first, last].filter(Boolean).join(" ");

function applyTags(draft: Draft, tagIds: readonly string[] | undefined, mode: "set" | "add"): boolean {
  if (!tagIds) return false;
  const { now } = draft.tags;
  const wanted = new Set(mode === "set" ? tagIds : [...now, ...tagIds]);
  const changed = wanted.size !== now.size || [...wanted].some((id) => !now.has(id));
  draft.tags.now = wanted;
  return changed;
}

function applyAttributes(draft: Draft, said: NonNullable<CleanProfile["attributes"]>): boolean {
  let changed = false;
  for (const { attributeId, key, type, value } of said) {
    if ((draft.attributes.now.get(attributeId)?.value ?? null) === value) continue;
    draft.attributes.now.set(attributeId, { key, type, value });
    changed = true;
  }
  return changed;
}

export const identityKey = (identity: { channel: string; externalId: string }) =>
  `${identity.channel} ${identity.externalId}`;

function applyIdentities(draft: Draft, said: readonly CleanIdentity[]): boolean {
  const held = new Set([...draft.identities.before, ...draft.identities.added.map(identityKey)]);
  const added = said.filter((identity) => !held.has(identityKey(identity)) && held.add(identityKey(identity)));
  draft.identities.added.push(...added);
  return added.length > 0;
}

/** Which fields differ. Metadata is compared as it is written. */
export function differences(before: ContactFields, after: ContactFields): (keyof ContactFields)[] {
  return fieldNames.filter((name) =>
    name === "metadata"
      ? before.metadata !== after.metadata && canonical(before.metadata) !== canonical(after.metadata)
      : before[name] !== after[name],
  );
}

/** The database keeps an object's keys in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export type DraftChanges = {
  fields: (keyof ContactFields)[];
  tagsAdded: string[];
  tagsRemoved: string[];
  attributes: { attributeId: string; type: AttributeType; value: AttributeValue | null }[];
  identities: CleanIdentity[];
};

/** What of the draft must be written. */
export function changesOf(draft: Draft): DraftChanges {
  const { tags, attributes } = draft;
  return {
    fields: differences(draft.before ?? blank, draft.fields),
    tagsAdded: [...tags.now].filter((id) => !tags.before.has(id)),
    tagsRemoved: [...tags.before].filter((id) => !tags.now.has(id)),
    attributes: [...attributes.now].flatMap(([attributeId, { type, value }]) =>
      (attributes.before.get(attributeId)?.value ?? null) === value ? [] : [{ attributeId, type, value }],
    ),
    identities: draft.identities.added,
  };
}

export function isChanged(changes: DraftChanges): boolean {
  return Object.values(changes).some((part) => part.length > 0);
}

/**
 * What an undo needs, as two flat lists of the same names: the field's name, `tag:` and `attribute:` with their ids,
 * `identity:` with its channel and account. Flat, so that two changes of one contact by one import can be laid on each other.
 */
export function rememberedChanges(draft: Draft, changes: DraftChanges): { before: Flat; after: Flat } {
  const before: Flat = {};
  const after: Flat = {};
  const note = (name: string, was: unknown, is: unknown) => {
    before[name] = was;
    after[name] = is;
  };
  for (const name of changes.fields) note(name, draft.before?.[name] ?? null, draft.fields[name]);
  for (const id of changes.tagsAdded) note(`tag:${id}`, false, true);
  for (const id of changes.tagsRemoved) note(`tag:${id}`, true, false);
  for (const { attributeId, value } of changes.attributes)
    note(`attribute:${attributeId}`, draft.attributes.before.get(attributeId)?.value ?? null, value);
  for (const identity of changes.identities) note(`identity:${identityKey(identity)}`, false, true);
  return { before, after };
}

export type Flat = Record<string, unknown>;

/** Nobody can be told from others who has neither a name nor any address. */
export function isNobody(draft: Draft): boolean {
  const { name, email, phone, externalId } = draft.fields;
  const { before, added } = draft.identities;
  return !name && !email && !phone && !externalId && before.length + added.length === 0;
}

export const belongsTo = (id: string) => `belongs to ${toWireId("contact", id)} already`;
