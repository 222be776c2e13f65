import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { ExportKind, ExportState, ImportPolicy, ImportState } from "@/lib/domain/imports/vocabulary";
import { createdAt, moment, openTo, tenantId, tenantPolicy, updatedAt, workerRole } from "./columns";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * A file in pieces: an upload cut at the ends of rows, or an export as it grows. In the database, because every serving
 * process must reach it, and because it then lives and dies with its workspace.
 */
export const filePieces = pgTable(
  "file_pieces",
  {
    tenantId: tenantId(),
    /** The import or export that it belongs to. */
    fileId: uuid("file_id").notNull(),
    seq: integer("seq").notNull(),
    /** Of an upload: the number of its first row, and how many it holds. */
    firstRow: integer("first_row").notNull().default(0),
    rows: integer("rows").notNull().default(0),
    bytes: bytea("bytes").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.fileId, t.seq] }), tenantPolicy("file_pieces")],
);

const counter = (name: string) => integer(name).notNull().default(0);

export const imports = pgTable(
  "imports",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    fileName: text("file_name").notNull(),
    /** SHA-256 of the bytes: two imports of one file are told apart from two files. */
    fileHash: text("file_hash"),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    encoding: text("encoding"),
    delimiter: text("delimiter"),
    header: jsonb("header").$type<string[]>(),
    state: text("state").$type<ImportState>().notNull().default("uploading"),
    /** Column, target and how to read it, as the person left it. */
    mapping: jsonb("mapping").$type<unknown>(),
    policy: text("policy").$type<ImportPolicy>().notNull().default("update"),
    /** What else was chosen: country of national numbers, order of dates, tags for all, consent asserted. */
    options: jsonb("options").$type<Record<string, unknown>>().notNull().default({}),
    /** The next piece to be worked: moved in the transaction of the piece's rows, so none is worked twice. */
    nextPiece: counter("next_piece"),
    rows: counter("rows"),
    done: counter("done"),
    created: counter("created"),
    updated: counter("updated"),
    skipped: counter("skipped"),
    failed: counter("failed"),
    failure: text("failure"),
    /** The contact after which the undo goes on, and what it has done. */
    undoCursor: uuid("undo_cursor"),
    undone: jsonb("undone").$type<{ removed: number; restored: number; kept: number }>(),
    createdBy: uuid("created_by"),
    createdByName: text("created_by_name").notNull(),
    /** Whether a person started it: whoever starts it answers for what it says people agreed to. */
    isVouchedFor: boolean("is_vouched_for").notNull().default(false),
    /** As what was agreed to is noted: who brought the file may be somebody else. */
    startedByName: text("started_by_name"),
    metadata: jsonb("metadata"),
    startedAt: moment("started_at"),
    endedAt: moment("ended_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("imports_waiting").on(t.state, t.updatedAt).where(sql`state in ('uploading', 'running', 'undoing')`),
    tenantPolicy("imports"),
    openTo("imports", workerRole, "select"),
  ],
);

/** Rows that could not be taken in, with the reason: what the person downloads, mends and brings again. */
export const importProblems = pgTable(
  "import_problems",
  {
    tenantId: tenantId(),
    importId: uuid("import_id").notNull(),
    row: integer("row").notNull(),
    field: text("field"),
    problem: text("problem").notNull(),
    cells: jsonb("cells").$type<string[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.importId, t.row] }), tenantPolicy("import_problems")],
);

export const exports = pgTable(
  "exports",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    kind: text("kind").$type<ExportKind>().notNull(),
    fileName: text("file_name").notNull(),
    contentType: text("content_type").notNull(),
    /** The filter and the columns of a list, or the person. */
    scope: jsonb("scope").$type<Record<string, unknown>>().notNull(),
    contactId: uuid("contact_id"),
    state: text("state").$type<ExportState>().notNull().default("waiting"),
    cursor: uuid("cursor"),
    rows: counter("rows"),
    done: counter("done"),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    failure: text("failure"),
    createdBy: uuid("created_by"),
    createdByName: text("created_by_name").notNull(),
    metadata: jsonb("metadata"),
    expiresAt: moment("expires_at").notNull(),
    endedAt: moment("ended_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("exports_contact").on(t.tenantId, t.contactId).where(sql`contact_id is not null`),
    tenantPolicy("exports"),
    openTo("exports", workerRole, "select"),
  ],
);
