import { z } from "zod";
import { listOf, listQuery, wireId, wireTenant, wireTime } from "@/lib/kernel/wire";
import { DuplicatePair } from "./shapes";
import { duplicateReasons } from "./vocabulary";

/** What a person may choose one by one when two contacts become one. */
export const mergeFields = [
  "name",
  "email",
  "phone",
  "external_id",
  "country",
  "customer_type",
  "stage",
  "time_zone",
  "locale",
  "device_preference",
  "preferred_channel",
  "company",
  "owner",
  "metadata",
] as const;
export type MergeField = (typeof mergeFields)[number];

const mergeSides = ["winner", "loser"] as const;
export type MergeSide = (typeof mergeSides)[number];

export const MergeRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  /** Who goes: its id leads to the other from then on. */
  otherId: wireId("contact"),
  /** Whose value stays. Without a word the winner's, unless it is empty. */
  fields: z.partialRecord(z.enum(mergeFields), z.enum(mergeSides)).optional(),
  /** The same for the workspace's own attributes, by their keys. */
  attributes: z.record(z.string().max(64), z.enum(mergeSides)).optional(),
});
export type MergeRequest = z.output<typeof MergeRequest>;

export const Merge = z.strictObject({
  id: wireId("merge"),
  contactId: wireId("contact"),
  otherId: wireId("contact"),
  otherName: z.string(),
  createdByName: z.string(),
  createdAt: wireTime,
  undoneAt: wireTime.nullable(),
});
export type Merge = z.output<typeof Merge>;
export const MergeList = listOf(Merge);
export const MergeQuery = z.strictObject({ ...listQuery.shape, contact: wireId("contact").optional() });

export const DuplicateList = listOf(DuplicatePair);
export const DuplicateQuery = z.strictObject({
  cursor: listQuery.shape.cursor,
  limit: z.coerce.number().int().min(1).max(50).default(50),
  because: z.enum(duplicateReasons).optional(),
});
export const KeepApartRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  contactId: wireId("contact"),
  otherId: wireId("contact"),
});
export const KeptApart = z.strictObject({ contactId: wireId("contact"), otherId: wireId("contact") });
