import { z } from "zod";
import { channels, purposes } from "@/lib/domain/channels/vocabulary";
import { listOf, listQuery, wireId, wireLine, wireMetadata, wireTenant, wireTime } from "@/lib/kernel/wire";
import {
  consentBases,
  consentSources,
  consentStates,
  contactRefusals,
  suppressionReasons,
  suppressionScopes,
} from "./vocabulary";

/** What crosses the wire of consent: one shape, its type and its documentation in one place. */
const channel = z.enum(channels);
const purpose = z.enum(purposes);

export const Topic = z.strictObject({
  id: wireId("topic"),
  name: z.string(),
  description: z.string().nullable(),
  isPublic: z.boolean(),
  metadata: z.record(z.string(), z.json()).nullable(),
  archivedAt: wireTime.nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Topic = z.output<typeof Topic>;
export const TopicList = listOf(Topic);
export const TopicQuery = z.strictObject({ state: z.enum(["open", "archived"]).optional() });

export const NewTopicRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(80),
  description: wireLine(300).nullable().optional(),
  isPublic: z.boolean().default(true),
  metadata: wireMetadata.optional(),
});
export const TopicChanges = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(80).optional(),
  description: wireLine(300).nullable().optional(),
  isPublic: z.boolean().optional(),
  isArchived: z.boolean().optional(),
});

export const ConsentLine = z.strictObject({
  id: wireId("consent"),
  channel,
  purpose,
  topicId: wireId("topic").nullable(),
  topicName: z.string().nullable(),
  state: z.enum(consentStates),
  basis: z.enum(consentBases).nullable(),
  source: z.enum(consentSources),
  sourceDetail: z.string().nullable(),
  textVersion: z.string().nullable(),
  ip: z.string().nullable(),
  expiresAt: wireTime.nullable(),
  actor: z.string(),
  at: wireTime,
});
export type ConsentLine = z.output<typeof ConsentLine>;
export const ConsentList = listOf(ConsentLine);
export const ConsentListQuery = listQuery;

export const RecordConsentRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  channel,
  purpose: purpose.default("marketing"),
  topicId: wireId("topic").nullable().optional(),
  /** `pending` asks the person by letter, and their click answers; only by e-mail. */
  state: z.enum(consentStates),
  basis: z.enum(consentBases).optional(),
  sourceDetail: wireLine(200).optional(),
  textVersion: wireLine(80).optional(),
  at: wireTime.optional(),
  expiresAt: wireTime.nullable().optional(),
});
export type RecordConsentRequest = z.output<typeof RecordConsentRequest>;

/** What the ledger says now of one channel, purpose and topic. */
export const CurrentConsent = z.strictObject({
  state: z.enum(consentStates),
  basis: z.enum(consentBases).nullable(),
  source: z.enum(consentSources),
  sourceDetail: z.string().nullable(),
  at: wireTime,
  expiresAt: wireTime.nullable(),
});

export const Suppression = z.strictObject({
  id: wireId("suppression"),
  channel: z.enum([...channels, "*"]),
  reason: z.enum(suppressionReasons),
  scope: z.enum(suppressionScopes),
  scopeKey: z.string(),
  source: z.enum(consentSources),
  note: z.string().nullable(),
  contactId: wireId("contact").nullable(),
  actor: z.string(),
  /** Whether somebody who may lift at all could lift it, and if not, why. */
  liftable: z.boolean(),
  whyNotLiftable: z.string().nullable(),
  liftedAt: wireTime.nullable(),
  liftedBy: z.string().nullable(),
  liftedBecause: z.string().nullable(),
  createdAt: wireTime,
});
export type Suppression = z.output<typeof Suppression>;
export const SuppressionList = listOf(Suppression);
export const SuppressionQuery = z.strictObject({
  ...listQuery.shape,
  contact: wireId("contact").optional(),
  reason: z.enum(suppressionReasons).optional(),
  state: z.enum(["active", "lifted"]).optional(),
});
export type SuppressionQuery = z.output<typeof SuppressionQuery>;

export const SuppressRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  /** One of the two: a person here, or an address as somebody types it. It is kept as a hash only. */
  contactId: wireId("contact").optional(),
  address: wireLine(320).optional(),
  channel: z.enum([...channels, "*"]).default("*"),
  reason: z.enum(["opt_out", "complaint", "hard_bounce", "invalid", "manual"]).default("manual"),
  scope: z.enum(suppressionScopes).optional(),
  topicId: wireId("topic").optional(),
  sender: wireLine(120).optional(),
  note: wireLine(300).nullable().optional(),
});
export type SuppressRequest = z.output<typeof SuppressRequest>;
export const SuppressAnswer = z.strictObject({ items: z.array(Suppression), added: z.number().int() });

export const CheckAddressRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  address: wireLine(320),
  channel: z.enum([...channels, "*"]).default("*"),
});
export const CheckAddressAnswer = z.strictObject({ isSuppressed: z.boolean(), items: z.array(Suppression) });

export const LiftRequest = z.strictObject({ tenantUuid: wireTenant.optional(), because: wireLine(300) });

export const MayContactQuery = z.strictObject({
  channel: channel.optional(),
  purpose: purpose.default("marketing"),
  topic: wireId("topic").optional(),
  sender: z.string().max(120).optional(),
});
export const MayContactAnswer = z.strictObject({
  items: z.array(
    z.strictObject({
      channel,
      purpose,
      may: z.boolean(),
      because: z.enum(["allowed", ...contactRefusals]),
      says: z.string(),
      details: z.record(z.string(), z.string()),
      hasAddress: z.boolean(),
      consent: CurrentConsent.nullable(),
      suppressions: z.array(Suppression),
    }),
  ),
});
export type MayContactAnswer = z.output<typeof MayContactAnswer>;

export const PreferenceLinkRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  channel: channel.default("email"),
  topicId: wireId("topic").nullable().optional(),
});
export const PreferenceLinks = z.strictObject({
  preferencesUrl: z.string(),
  unsubscribeUrl: z.string(),
  listUnsubscribeHeaders: z.record(z.string(), z.string()),
});
export type PreferenceLinks = z.output<typeof PreferenceLinks>;
