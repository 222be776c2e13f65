import { z } from "zod";
import { listOf, listQuery, wireId, wireLine, wireMetadata, wireTenant, wireTime } from "@/lib/kernel/wire";
import { longestDays, shortestDays } from "./retention";
import { dataClasses, requestKinds, requestStates } from "./vocabulary";

/** What crosses the wire of data protection. */
export const DataRequest = z.strictObject({
  id: wireId("dataRequest"),
  kind: z.enum(requestKinds),
  state: z.enum(requestStates),
  contactId: wireId("contact").nullable(),
  askedBy: z.string().nullable(),
  note: z.string().nullable(),
  receivedAt: wireTime,
  dueAt: wireTime,
  daysLeft: z.number().int().nullable(),
  isOverdue: z.boolean(),
  closedAt: wireTime.nullable(),
  outcome: z.string().nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type DataRequest = z.output<typeof DataRequest>;
export const DataRequestList = listOf(DataRequest);
export const DataRequestQuery = z.strictObject({
  ...listQuery.shape,
  state: z.enum(requestStates).optional(),
  contact: wireId("contact").optional(),
});

export const NewDataRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  kind: z.enum(requestKinds),
  contactId: wireId("contact").optional(),
  askedBy: wireLine(200).optional(),
  note: z.string().trim().max(2_000).optional(),
  receivedAt: wireTime.optional(),
  metadata: wireMetadata.optional(),
});

export const DataRequestChanges = z.strictObject({
  tenantUuid: wireTenant.optional(),
  contactId: wireId("contact").optional(),
  note: z.string().trim().max(2_000).nullable().optional(),
});

export const CloseDataRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  state: z.enum(["done", "refused"]),
  /** In words: what was done, or why not. */
  outcome: wireLine(500),
});

export const ErasePersonRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  requestId: wireId("dataRequest").optional(),
});
export const Erasure = z.strictObject({
  id: wireId("erasure"),
  erasedId: wireId("contact"),
  requestId: wireId("dataRequest").nullable(),
  /** How many rows of each table went; names of tables, never of people. */
  removed: z.record(z.string(), z.number().int()),
  actor: z.string(),
  createdAt: wireTime,
});
export type Erasure = z.output<typeof Erasure>;
export const ErasureList = listOf(Erasure);

export const PersonExport = z.strictObject({
  id: wireId("export"),
  fileName: z.string(),
  state: z.string(),
  expiresAt: wireTime,
});
export type PersonExport = z.output<typeof PersonExport>;

const days = z.number().int().min(shortestDays).max(longestDays);
export const Retention = z.strictObject({
  items: z.array(
    z.strictObject({
      dataClass: z.enum(dataClasses),
      days,
      isDefault: z.boolean(),
      /** The last day on which something went, and how much. */
      lastRun: z.strictObject({ day: z.string(), removed: z.number().int() }).nullable(),
    }),
  ),
});
export type Retention = z.output<typeof Retention>;
export const RetentionChanges = z.strictObject({
  tenantUuid: wireTenant.optional(),
  rules: z.array(z.strictObject({ dataClass: z.enum(dataClasses), days })).max(dataClasses.length),
});

export const ProcessingRecord = z.strictObject({
  items: z.array(
    z.strictObject({
      table: z.string(),
      holds: z.string(),
      purpose: z.string(),
      keptFor: z.string(),
      receivers: z.string(),
      isErased: z.boolean(),
      isExported: z.boolean(),
    }),
  ),
});
export type ProcessingRecord = z.output<typeof ProcessingRecord>;
