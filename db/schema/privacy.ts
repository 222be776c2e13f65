import { date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { DataClass, RequestKind, RequestState } from "@/lib/domain/privacy/vocabulary";
import { createdAt, moment, tenantId, tenantPolicy, updatedAt } from "./columns";

/** What people ask of their own data, each with the day by which the law wants an answer. */
export const dataRequests = pgTable(
  "data_requests",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    kind: text("kind").$type<RequestKind>().notNull(),
    state: text("state").$type<RequestState>().notNull().default("open"),
    contactId: uuid("contact_id"),
    /** How the person named themselves; gone with the erasure. */
    askedBy: text("asked_by"),
    note: text("note"),
    receivedAt: moment("received_at").notNull(),
    dueAt: moment("due_at").notNull(),
    closedAt: moment("closed_at"),
    outcome: text("outcome"),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("data_requests_due").on(t.tenantId, t.state, t.dueAt),
    index("data_requests_contact").on(t.tenantId, t.contactId),
    tenantPolicy("data_requests"),
  ],
);

/** The proof that somebody was erased: when, by whom, and how much of each table. Nothing in it names the person. */
export const erasures = pgTable(
  "erasures",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    /** The id that messages and money still carry; it leads to nobody any more. */
    erasedId: uuid("erased_id").notNull(),
    requestId: uuid("request_id"),
    removed: jsonb("removed").$type<Record<string, number>>().notNull(),
    actorName: text("actor_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), tenantPolicy("erasures")],
);

/** How many days a class of data is kept. Without a row the default of `lib/domain/privacy/retention.ts` holds. */
export const retentionRules = pgTable(
  "retention_rules",
  {
    tenantId: tenantId(),
    dataClass: text("data_class").$type<DataClass>().notNull(),
    days: integer("days").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.dataClass] }), tenantPolicy("retention_rules")],
);

/** The proof that retention happens: a line for each class and day on which something went. */
export const retentionRuns = pgTable(
  "retention_runs",
  {
    tenantId: tenantId(),
    dataClass: text("data_class").$type<DataClass>().notNull(),
    day: date("day", { mode: "string" }).notNull(),
    removed: integer("removed").notNull(),
    cutoff: moment("cutoff").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.dataClass, t.day] }), tenantPolicy("retention_runs")],
);
