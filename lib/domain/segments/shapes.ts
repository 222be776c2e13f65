import { z } from "zod";
import { customerTypes, grades, stages } from "@/lib/domain/contacts/vocabulary";
import { listOf, listQuery, wireId, wireLine, wireMetadata, wireTenant, wireTime } from "@/lib/kernel/wire";
import { operators, takings } from "./operators";
import { fieldGroups } from "./registry";
import { ruleLimits } from "./rules";
import { segmentKinds } from "./vocabulary";

/** What crosses the wire of segments: one shape, its type and its documentation in one place. */
const rulesSay =
  `A tree of at most ${ruleLimits.rules} rules, nested at most ${ruleLimits.depth} deep: { all: [...] }, { any: [...] }, { none: [...] } or ` +
  "{ field, operator, value }. GET /api/v1/segments/fields lists the fields with their operators and values.";

const group = (word: string) => ({
  type: "object",
  required: [word],
  properties: { [word]: { type: "array", maxItems: ruleLimits.rules, items: { type: "object" } } },
  additionalProperties: false,
});

/** Checked by `readRules`, which knows the workspace's own fields and names the place of what is wrong. */
export const Rules = z.unknown().meta({
  description: rulesSay,
  anyOf: [
    group("all"),
    group("any"),
    group("none"),
    {
      type: "object",
      required: ["field", "operator"],
      properties: {
        field: { type: "string" },
        operator: { type: "string", enum: Object.keys(operators) },
        value: { description: "By the operator: nothing, a text, a number, [from, to], days, a day, or a list." },
      },
      additionalProperties: false,
    },
  ],
  examples: [{ all: [{ field: "score", operator: "over", value: 60 }] }],
});

export const Segment = z.strictObject({
  id: wireId("segment"),
  key: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  kind: z.enum(segmentKinds),
  /** Null for a list. */
  rules: z.unknown(),
  /** The rules as a sentence. */
  says: z.string(),
  size: z.number().int(),
  /** Null until the members were first found. */
  refreshedAt: wireTime.nullable(),
  /** The size at the end of the last thirty days, oldest first. */
  trend: z.array(z.number().int()),
  metadata: z.record(z.string(), z.json()).nullable(),
  archivedAt: wireTime.nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Segment = z.output<typeof Segment>;
export const SegmentList = listOf(Segment);

export const SegmentQuery = z.strictObject({
  ...listQuery.shape,
  kind: z.enum(segmentKinds).optional(),
  search: z.string().max(100).optional(),
  /** Only those in which this contact stands, as they were last counted. */
  contact: wireId("contact").optional(),
});
export type SegmentQuery = z.output<typeof SegmentQuery>;

const segmentKey = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "must be lower-case letters, digits and single dashes");

export const NewSegmentRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(120),
  /** How programs name it; made from the name where it is left out. */
  key: segmentKey.optional(),
  description: z.string().max(1_000).nullable().optional(),
  kind: z.enum(segmentKinds).default("rules"),
  rules: Rules.optional(),
  metadata: wireMetadata.optional(),
});
export type NewSegmentRequest = z.output<typeof NewSegmentRequest>;

export const SegmentChanges = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(120).optional(),
  key: segmentKey.optional(),
  description: z.string().max(1_000).nullable().optional(),
  rules: Rules.optional(),
  metadata: wireMetadata.nullable().optional(),
});
export type SegmentChanges = z.output<typeof SegmentChanges>;

/** A person as lists of members show them. */
export const SegmentMember = z.strictObject({
  id: wireId("contact"),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  customerType: z.enum(customerTypes),
  stage: z.enum(stages),
  score: z.number().int(),
  grade: z.enum(grades),
  /** Since when they are in; null where the rules were asked just now. */
  enteredAt: wireTime.nullable(),
});
export type SegmentMember = z.output<typeof SegmentMember>;
export const SegmentMemberList = listOf(SegmentMember);

export const CountRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  rules: Rules,
  /** Waits up to ten seconds for the number itself. */
  exact: z.boolean().default(false),
});
export type CountRequest = z.output<typeof CountRequest>;

export const SegmentCount = z.strictObject({
  count: z.number().int(),
  isEstimate: z.boolean(),
  /** The truth lies between these with 95 %. */
  low: z.number().int(),
  high: z.number().int(),
  /** How many contacts the workspace has. */
  everybody: z.number().int(),
  says: z.string(),
  /** Up to ten of them. */
  sample: z.array(SegmentMember),
});
export type SegmentCount = z.output<typeof SegmentCount>;

const memberIds = z.array(wireId("contact")).max(1_000).default([]);
export const MemberChanges = z.strictObject({ tenantUuid: wireTenant.optional(), add: memberIds, remove: memberIds });
export type MemberChanges = z.output<typeof MemberChanges>;
export const MembersChanged = z.strictObject({
  added: z.number().int(),
  removed: z.number().int(),
  /** Ids that name no contact of the workspace. */
  unknown: z.array(wireId("contact")),
  size: z.number().int(),
});
export type MembersChanged = z.output<typeof MembersChanged>;

export const HistoryQuery = z.strictObject({ days: z.coerce.number().int().min(7).max(365).default(30) });
export const SegmentHistory = z.strictObject({
  items: z.array(
    z.strictObject({
      day: z.string(),
      size: z.number().int(),
      entered: z.number().int(),
      left: z.number().int(),
    }),
  ),
});
export type SegmentHistory = z.output<typeof SegmentHistory>;

const choice = z.strictObject({ value: z.string(), label: z.string() });
export const SegmentFields = z.strictObject({
  groups: z.array(
    z.strictObject({ id: z.enum(Object.keys(fieldGroups) as [keyof typeof fieldGroups]), label: z.string() }),
  ),
  operators: z.array(z.strictObject({ id: z.string(), label: z.string(), takes: z.enum(takings) })),
  items: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      group: z.string(),
      hint: z.string(),
      operators: z.array(z.string()),
      /** The values there are, where they are known; of a long list the first. */
      values: z.array(choice).nullable(),
      /** What a value names by its id. */
      reference: z.string().nullable(),
    }),
  ),
});
export type SegmentFields = z.output<typeof SegmentFields>;
