import { sql } from "drizzle-orm";
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { SegmentKind } from "@/lib/domain/segments/vocabulary";
import { createdAt, moment, openTo, tenantId, tenantPolicy, updatedAt, workerRole } from "./columns";
import { ofContact } from "./contacts";

export const segments = pgTable(
  "segments",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    /** How programs and campaigns name it. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    kind: text("kind").$type<SegmentKind>().notNull(),
    /** The rule tree as it was saved; null for a list. */
    rules: jsonb("rules").$type<unknown>(),
    /** The size at the last refresh. */
    size: integer("size").notNull().default(0),
    refreshedAt: moment("refreshed_at"),
    metadata: jsonb("metadata"),
    createdBy: uuid("created_by"),
    archivedAt: moment("archived_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("segments_key").on(t.tenantId, t.key).where(sql`archived_at is null`),
    tenantPolicy("segments"),
    openTo("segments", workerRole, "select"),
  ],
);

/** Who is in, since when, and who was: one row a stay. */
export const segmentMembers = pgTable(
  "segment_members",
  {
    tenantId: tenantId(),
    segmentId: uuid("segment_id").notNull(),
    contactId: uuid("contact_id").notNull(),
    enteredAt: moment("entered_at").notNull(),
    leftAt: moment("left_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.segmentId, t.contactId, t.enteredAt] }),
    uniqueIndex("segment_members_now").on(t.tenantId, t.segmentId, t.contactId).where(sql`left_at is null`),
    index("segment_members_contact").on(t.tenantId, t.contactId),
    index("segment_members_left").on(t.tenantId, t.leftAt).where(sql`left_at is not null`),
    ofContact("segment_members", t),
    tenantPolicy("segment_members"),
  ],
);

/** The history of a segment in numbers: how many came, left and were in at the end of each day on which it was refreshed. */
export const segmentDays = pgTable(
  "segment_days",
  {
    tenantId: tenantId(),
    segmentId: uuid("segment_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    size: integer("size").notNull(),
    entered: integer("entered").notNull().default(0),
    left: integer("left_count").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.segmentId, t.day] }), tenantPolicy("segment_days")],
);
