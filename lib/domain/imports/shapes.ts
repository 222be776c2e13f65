import { z } from "zod";
import { channels } from "@/lib/domain/channels/vocabulary";
import { attributeTypes } from "@/lib/domain/contacts/vocabulary";
import { listOf, listQuery, wireId, wireLine, wireMetadata, wireTenant, wireTime } from "@/lib/kernel/wire";
import {
  dateOrders,
  decimalMarks,
  exportColumns,
  exportKinds,
  exportStates,
  importPolicies,
  importStates,
  matchKeys,
} from "./vocabulary";

/** What crosses the wire of imports and exports: one shape, its type and its documentation in one place. */

/** A file's name is shown, kept, and never opened. */
const fileName = wireLine(200);

export const UploadQuery = z.strictObject({
  fileName: fileName.default("contacts.csv"),
  metadata: z.string().max(4_200).optional().describe("The caller's own JSON object, at most 4 kB, kept and echoed."),
});

/** A column of the file, and what of a contact it holds; null leaves it out. `sure` is false where it was guessed. */
export const MappedColumn = z.strictObject({
  column: z.number().int().min(0).max(511),
  target: z.string().max(80).nullable(),
  sure: z.boolean().optional(),
  because: z.string().max(300).optional(),
});
export type MappedColumn = z.output<typeof MappedColumn>;

const mapping = z.array(MappedColumn).max(512);

export const ImportOptions = z.strictObject({
  /** By what a row finds a contact that is known already, in this order. */
  match: z.array(z.enum(matchKeys)).max(3),
  /** The country of numbers that are written without one. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be a country of two letters such as HT")
    .nullable(),
  dateOrder: z.enum(dateOrders).nullable(),
  decimalMark: z.enum(decimalMarks).nullable(),
  tags: z.array(wireLine(60)).max(20),
  segmentId: wireId("segment").nullable(),
  /** Only where these people agreed: on which channels, and where that was said. */
  consent: z.strictObject({ channels: z.array(z.enum(channels)).min(1).max(9), source: wireLine(300) }).nullable(),
  newAttributes: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "must be like plan_name: small letters, digits and _"),
        label: wireLine(100),
        type: z.enum(attributeTypes),
      }),
    )
    .max(50),
});
export type ImportOptions = z.output<typeof ImportOptions>;

export const noOptions: ImportOptions = {
  match: [...matchKeys],
  defaultCountry: null,
  dateOrder: null,
  decimalMark: null,
  tags: [],
  segmentId: null,
  consent: null,
  newAttributes: [],
};

export const Import = z.strictObject({
  id: wireId("import"),
  fileName: z.string(),
  fileHash: z.string().nullable(),
  bytes: z.number().int(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  header: z.array(z.string()).nullable(),
  state: z.enum(importStates),
  mapping: mapping.nullable(),
  policy: z.enum(importPolicies),
  options: ImportOptions,
  rows: z.number().int(),
  done: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  rowsPerSecond: z.number().int().nullable(),
  secondsLeft: z.number().int().nullable(),
  failure: z.string().nullable(),
  /** What can be done with it now. */
  acts: z.array(z.enum(["change", "start", "cancel", "undo", "delete"])),
  /** Of an undo: how many went, were given back, or stayed because somebody changed them since. */
  undone: z.strictObject({ removed: z.number().int(), restored: z.number().int(), kept: z.number().int() }).nullable(),
  createdByName: z.string(),
  metadata: z.record(z.string(), z.json()).nullable(),
  startedAt: wireTime.nullable(),
  endedAt: wireTime.nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Import = z.output<typeof Import>;
export const ImportList = listOf(Import);

/** What the person decides before the start. Absent leaves as it is. */
export const ImportChanges = z.strictObject({
  tenantUuid: wireTenant.optional(),
  mapping: mapping.optional(),
  policy: z.enum(importPolicies).optional(),
  options: ImportOptions.partial().optional(),
});
export type ImportChanges = z.output<typeof ImportChanges>;

export const ImportPreview = z.strictObject({
  /** What the columns hold: the first values that are not empty. */
  columns: z.array(z.strictObject({ column: z.number().int(), header: z.string(), samples: z.array(z.string()) })),
  rows: z.array(
    z.strictObject({
      row: z.number().int(),
      outcome: z.enum(["created", "updated", "unchanged", "skipped", "failed"]),
      fields: z.array(z.strictObject({ target: z.string(), value: z.string() })),
      problems: z.array(z.string()),
    }),
  ),
  /** What is wrong in the rows that were looked at, by column. */
  problems: z.array(
    z.strictObject({
      column: z.number().int().nullable(),
      header: z.string().nullable(),
      problem: z.string(),
      rows: z.number().int(),
      firstRow: z.number().int(),
    }),
  ),
  looked: z.number().int(),
  faulty: z.number().int(),
});
export type ImportPreview = z.output<typeof ImportPreview>;

export const ImportProblem = z.strictObject({
  row: z.number().int(),
  field: z.string().nullable(),
  problem: z.string(),
  cells: z.array(z.string()),
});
export type ImportProblem = z.output<typeof ImportProblem>;
/** `missing`: so many more could not be taken in and are not kept. */
export const ImportProblemList = listOf(ImportProblem).extend({ missing: z.number().int() });
export type ImportProblemList = z.output<typeof ImportProblemList>;

export const Export = z.strictObject({
  id: wireId("export"),
  kind: z.enum(exportKinds),
  fileName: z.string(),
  contentType: z.string(),
  state: z.enum(exportStates),
  rows: z.number().int(),
  done: z.number().int(),
  bytes: z.number().int(),
  failure: z.string().nullable(),
  createdByName: z.string(),
  metadata: z.record(z.string(), z.json()).nullable(),
  expiresAt: wireTime,
  endedAt: wireTime.nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Export = z.output<typeof Export>;
export const ExportList = listOf(Export);
export const ExportQuery = z.strictObject({ ...listQuery.shape, kind: z.enum(exportKinds).optional() });

/** The filter is the list's own; whoever opens the door hands its shape in. */
export const newExportRequest = <Filter extends z.ZodType>(filter: Filter) =>
  z.strictObject({
    tenantUuid: wireTenant.optional(),
    kind: z.literal("contacts").default("contacts"),
    filter: filter.optional(),
    columns: z.array(z.enum(exportColumns)).min(1).max(exportColumns.length).optional(),
    metadata: wireMetadata.optional(),
  });
