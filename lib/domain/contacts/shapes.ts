import { z } from "zod";
import { channels } from "@/lib/domain/channels/vocabulary";
import { listOf, listQuery, wireId, wireLine, wireMetadata, wireTenant, wireTime, wireZone } from "@/lib/kernel/wire";
import {
  attributeTypes,
  customerTypes,
  devices,
  duplicateReasons,
  engagementKinds,
  grades,
  identityChannels,
  stages,
  zoneSources,
} from "./vocabulary";

/** What crosses the wire of contacts: one shape, its type and its documentation in one place. */
const channel = z.enum(channels);
const counted = z.partialRecord(z.enum(engagementKinds), z.number().int());

/** A custom attribute's value as callers write it: the declared type decides whether it is one. Null takes it away. */
export const AttributeInput = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

export const Identity = z.strictObject({
  id: wireId("identity"),
  channel: z.enum(identityChannels),
  externalId: z.string(),
  handle: z.string().nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: wireTime,
});
export type Identity = z.output<typeof Identity>;
export const IdentityList = listOf(Identity);

/** What a caller says of an account: an id of the vendor, or a handle as people write it. */
export const IdentityInput = z.strictObject({
  channel: z.enum(identityChannels),
  externalId: wireLine(200),
  handle: wireLine(200).nullable().optional(),
});

export const NewIdentityRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  ...IdentityInput.shape,
  metadata: wireMetadata.optional(),
});

export const ScoreReason = z.strictObject({
  points: z.number().int(),
  says: z.string(),
  part: z.enum(["fit", "behaviour"]),
});
export type ScoreReason = z.output<typeof ScoreReason>;

export const Zone = z.strictObject({
  zone: z.string(),
  source: z.enum(zoneSources),
  candidates: z.array(z.string()),
  because: z.string(),
});

/** A row of the list. */
export const ContactRow = z.strictObject({
  id: wireId("contact"),
  externalId: z.string().nullable(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  customerType: z.enum(customerTypes),
  stage: z.enum(stages),
  score: z.number().int(),
  grade: z.enum(grades),
  tags: z.array(z.string()),
  company: z.string().nullable(),
  owner: z.strictObject({ id: wireId("person"), name: z.string() }).nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type ContactRow = z.output<typeof ContactRow>;
export const ContactList = listOf(ContactRow);

export const Engagement = z.strictObject({
  channel,
  counts: counted,
  lastAt: z.partialRecord(z.enum(engagementKinds), wireTime),
});
export type Engagement = z.output<typeof Engagement>;

/** One contact with all that stands in the left column of its page. */
export const Contact = z.strictObject({
  ...ContactRow.shape,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  country: z.string().nullable(),
  /** Whether somebody said the type, or what the person did tells it. */
  isTypeGiven: z.boolean(),
  timeZone: Zone,
  locale: z.string().nullable(),
  devicePreference: z.enum(devices).nullable(),
  preferredChannel: channel.nullable(),
  identities: z.array(Identity),
  attributes: z.record(z.string(), AttributeInput),
  engagement: z.array(Engagement),
  scoreReasons: z.array(ScoreReason),
  firstPurchaseAt: wireTime.nullable(),
  lastPurchaseAt: wireTime.nullable(),
  lastVisitAt: wireTime.nullable(),
  lastReplyAt: wireTime.nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
});
export type Contact = z.output<typeof Contact>;

/** What a caller may say of a person. Absent leaves as it is, null takes away. Judged in words by `judgeProfile`. */
const profile = {
  externalId: wireLine(200).nullable().optional(),
  name: z.string().max(10_000).optional(),
  firstName: z.string().max(10_000).nullable().optional(),
  lastName: z.string().max(10_000).nullable().optional(),
  email: z.string().max(1_000).nullable().optional(),
  phone: z.string().max(200).nullable().optional(),
  customerType: z.enum(customerTypes).nullable().optional(),
  stage: z.enum(stages).optional(),
  timeZone: wireZone.nullable().optional(),
  locale: z.string().max(35).nullable().optional(),
  devicePreference: z.enum(devices).nullable().optional(),
  preferredChannel: channel.nullable().optional(),
  company: wireLine(200).nullable().optional(),
  ownerId: wireId("person").nullable().optional(),
  tags: z.array(wireLine(60)).max(50).optional(),
  attributes: z.record(z.string().max(64), AttributeInput).optional(),
  identities: z.array(IdentityInput).max(20).optional(),
  metadata: wireMetadata.nullable().optional(),
};
export const ContactChanges = z.strictObject({ tenantUuid: wireTenant.optional(), ...profile });
export type ContactChanges = z.output<typeof ContactChanges>;
export const NewContactRequest = ContactChanges;

/** One person of a bulk: known by the external id, else by e-mail address, else by phone. */
export const UpsertItem = z.strictObject(profile);
export const BulkUpsertRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  contacts: z.array(UpsertItem).min(1).max(1_000),
});
export const UpsertOutcome = z.strictObject({
  index: z.number().int(),
  outcome: z.enum(["created", "updated", "unchanged", "failed"]),
  id: wireId("contact").nullable(),
  externalId: z.string().nullable(),
  faults: z.array(z.strictObject({ pointer: z.string(), message: z.string() })),
});
export type UpsertOutcome = z.output<typeof UpsertOutcome>;
export const BulkUpsertAnswer = z.strictObject({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  items: z.array(UpsertOutcome),
});

export const contactSorts = ["newest", "oldest", "name", "score"] as const;
export type ContactSort = (typeof contactSorts)[number];

/** What narrows the list: the same words in the URL of the page, in the API and in a bulk change's target. */
export const ContactFilter = z.strictObject({
  search: z.string().max(200).optional(),
  stage: z.enum(stages).optional(),
  customerType: z.enum(customerTypes).optional(),
  grade: z.enum(grades).optional(),
  tag: z.string().max(60).optional(),
  segment: wireId("segment").optional(),
  owner: wireId("person").optional(),
  company: wireId("company").optional(),
  import: wireId("import").optional(),
});
export type ContactFilter = z.output<typeof ContactFilter>;
export const ContactQuery = z.strictObject({
  ...listQuery.shape,
  ...ContactFilter.shape,
  externalId: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
  phone: z.string().max(40).optional(),
  sort: z.enum(contactSorts).default("newest"),
});
export type ContactQuery = z.output<typeof ContactQuery>;

export const DuplicatePair = z.strictObject({
  contact: ContactRow,
  other: ContactRow,
  because: z.array(z.enum(duplicateReasons)),
});

const metadata = z.record(z.string(), z.json()).nullable();
const countOf = z.number().int();

export const Tag = z.strictObject({
  id: wireId("tag"),
  name: z.string(),
  contacts: countOf,
  metadata,
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Tag = z.output<typeof Tag>;
export const TagList = listOf(Tag);
export const NamedQuery = z.strictObject({ ...listQuery.shape, search: z.string().max(200).optional() });
export const NewTagRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(60),
  metadata: wireMetadata.optional(),
});
export const TagChanges = z.strictObject({ name: wireLine(60) });

export const Company = z.strictObject({
  id: wireId("company"),
  name: z.string(),
  domain: z.string().nullable(),
  contacts: countOf,
  metadata,
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Company = z.output<typeof Company>;
export const CompanyList = listOf(Company);
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "must be a domain name such as example.com");
export const NewCompanyRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(200),
  domain: domain.nullable().optional(),
  metadata: wireMetadata.optional(),
});
export const CompanyChanges = z.strictObject({
  name: wireLine(200).optional(),
  domain: domain.nullable().optional(),
  metadata: wireMetadata.nullable().optional(),
});

export const Attribute = z.strictObject({
  id: wireId("attribute"),
  key: z.string(),
  label: z.string(),
  type: z.enum(attributeTypes),
  /** How many contacts have a value. */
  values: countOf,
  metadata,
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Attribute = z.output<typeof Attribute>;
export const AttributeList = listOf(Attribute);
export const NewAttributeRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  key: z
    .string()
    .max(64)
    .regex(/^[a-z][a-z0-9_]*$/, "must be small letters, digits and underscores, beginning with a letter"),
  label: wireLine(80),
  type: z.enum(attributeTypes),
  metadata: wireMetadata.optional(),
});
export const AttributeChanges = z.strictObject({
  label: wireLine(80).optional(),
  type: z.enum(attributeTypes).optional(),
});
