import { z } from "zod";
import { listOf, wireId, wireMetadata, wireTenant, wireTime } from "@/lib/kernel/wire";
import { ContactFilter } from "./shapes";
import { bulkActs, workStates } from "./vocabulary";

/** So many are done while the caller waits; beyond that the work goes on in the background. */
export const inlineLimit = 200;

const plain = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);

/** One act, and whom it is about: by their ids, or by the filter of the list. What `detail` holds depends on the act. */
export const BulkRequest = z.strictObject({
  tenantUuid: wireTenant.optional(),
  act: z.enum(bulkActs),
  target: z.union([
    z.strictObject({ ids: z.array(wireId("contact")).min(1).max(1_000) }),
    z.strictObject({ filter: ContactFilter }),
  ]),
  /** `{tag}`, `{owner_id}`, `{stage}`, `{segment_id}`, or what a consent says. */
  detail: z.record(z.string().max(40), plain).default({}),
  metadata: wireMetadata.optional(),
});
export type BulkRequest = z.output<typeof BulkRequest>;

export const BulkChange = z.strictObject({
  id: wireId("bulkChange"),
  act: z.enum(bulkActs),
  detail: z.record(z.string(), plain),
  state: z.enum(workStates),
  total: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  /** Were deleted, erased or merged away before their turn came. */
  gone: z.number().int(),
  canUndo: z.boolean(),
  failure: z.string().nullable(),
  createdByName: z.string(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
  endedAt: wireTime.nullable(),
});
export type BulkChange = z.output<typeof BulkChange>;
export const BulkChangeList = listOf(BulkChange);
