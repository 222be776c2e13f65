import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import type {
  AttributeType,
  BulkAct,
  CustomerType,
  Device,
  Grade,
  IdentityChannel,
  Stage,
  WorkState,
} from "@/lib/domain/contacts/vocabulary";
import { createdAt, moment, openTo, tenantId, tenantPolicy, updatedAt, workerRole } from "./columns";

/**
 * Who we talk to. E-mail address and phone are attributes that may change or be absent; nobody's key. `search` and the
 * hashes are caches that one function writes (`lib/services/contacts/write-contacts.ts`): the text that the trigram index
 * reads, and the keys under which the suppression list knows the addresses.
 */
export const contacts = pgTable(
  "contacts",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    externalId: text("external_id"),
    name: text("name").notNull().default(""),
    firstName: text("first_name"),
    lastName: text("last_name"),
    email: text("email"),
    emailHash: uuid("email_hash"),
    phone: text("phone"),
    phoneHash: uuid("phone_hash"),
    country: text("country"),
    /** As somebody said it; without it the type is derived from what the person did. */
    givenType: text("given_type").$type<CustomerType>(),
    firstPurchaseAt: moment("first_purchase_at"),
    lastPurchaseAt: moment("last_purchase_at"),
    firstVisitAt: moment("first_visit_at"),
    lastVisitAt: moment("last_visit_at"),
    lastReplyAt: moment("last_reply_at"),
    customerType: text("customer_type")
      .$type<CustomerType>()
      .notNull()
      .generatedAlwaysAs(
        sql`coalesce(given_type, case when first_purchase_at is not null then 'existing' when first_visit_at is not null or last_reply_at is not null then 'returning' else 'new' end)`,
      ),
    stage: text("stage").$type<Stage>().notNull().default("lead"),
    timeZone: text("time_zone"),
    visitZone: text("visit_zone"),
    locale: text("locale"),
    devicePreference: text("device_preference").$type<Device>(),
    preferredChannel: text("preferred_channel").$type<Channel>(),
    companyId: uuid("company_id"),
    ownerId: uuid("owner_id"),
    score: smallint("score").notNull().default(0),
    grade: text("grade").$type<Grade>().notNull().default("F"),
    search: text("search").notNull().default(""),
    /** The import that made the row: what an undo takes back. */
    importId: uuid("import_id"),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("contacts_external_id").on(t.tenantId, t.externalId).where(sql`external_id is not null`),
    index("contacts_email").on(t.tenantId, t.email).where(sql`email is not null`),
    index("contacts_phone").on(t.tenantId, t.phone).where(sql`phone is not null`),
    index("contacts_name").on(t.tenantId, t.name, t.id),
    index("contacts_score").on(t.tenantId, t.score, t.id),
    // What the list filters by has few values each, so any of them and all together are found through one index.
    index("contacts_filters").on(t.tenantId, t.stage, t.grade, t.customerType, t.id),
    index("contacts_owner").on(t.tenantId, t.ownerId, t.id).where(sql`owner_id is not null`),
    index("contacts_company").on(t.tenantId, t.companyId, t.id).where(sql`company_id is not null`),
    index("contacts_import").on(t.tenantId, t.importId, t.id).where(sql`import_id is not null`),
    // The trigram index on `search` stands in the migration: it leads with the tenant by btree_gin.
    tenantPolicy("contacts"),
  ],
);

const contactId = () => uuid("contact_id").notNull();

type ContactColumns = { tenantId: AnyPgColumn; contactId: AnyPgColumn };

/** Rows that are about one contact go with it: a child that is written while its contact is erased finds no parent. */
export const ofContact = (table: string, t: ContactColumns) =>
  foreignKey({
    name: `${table}_contact`,
    columns: [t.tenantId, t.contactId],
    foreignColumns: [contacts.tenantId, contacts.id],
  }).onDelete("cascade");

/** An account of a person at a channel's vendor. A person may have several, an account belongs to one person. */
export const identities = pgTable(
  "identities",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    contactId: contactId(),
    channel: text("channel").$type<IdentityChannel>().notNull(),
    externalId: text("external_id").notNull(),
    /** As people write it: a handle, a number, a profile's address. */
    handle: text("handle"),
    addressHash: uuid("address_hash").notNull(),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("identities_once").on(t.tenantId, t.channel, t.externalId),
    index("identities_contact").on(t.tenantId, t.contactId),
    ofContact("identities", t),
    tenantPolicy("identities"),
  ],
);

export const companies = pgTable(
  "companies",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    /** The name as it is compared: two spellings of one company are one. */
    nameKey: text("name_key").notNull(),
    domain: text("domain"),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("companies_once").on(t.tenantId, t.nameKey),
    tenantPolicy("companies"),
  ],
);

export const tags = pgTable(
  "tags",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("tags_once").on(t.tenantId, t.nameKey),
    tenantPolicy("tags"),
  ],
);

export const contactTags = pgTable(
  "contact_tags",
  { tenantId: tenantId(), contactId: contactId(), tagId: uuid("tag_id").notNull(), createdAt: createdAt() },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.tagId] }),
    index("contact_tags_tag").on(t.tenantId, t.tagId, t.contactId),
    ofContact("contact_tags", t),
    tenantPolicy("contact_tags"),
  ],
);

/** Custom attributes: declared once, so that a rule, an import and a form know what a value must look like. */
export const attributes = pgTable(
  "attributes",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    key: text("key").notNull(),
    label: text("label").notNull(),
    type: text("type").$type<AttributeType>().notNull(),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("attributes_once").on(t.tenantId, t.key),
    tenantPolicy("attributes"),
  ],
);

/**
 * One row a value, in the column of its type (a boolean is the text 'true' or 'false'). Rows instead of a document,
 * because under row-level security no operator of jsonb may use an index, and equality and order may.
 */
export const attributeValues = pgTable(
  "attribute_values",
  {
    tenantId: tenantId(),
    contactId: contactId(),
    attributeId: uuid("attribute_id").notNull(),
    textValue: text("text_value"),
    numberValue: doublePrecision("number_value"),
    dateValue: date("date_value", { mode: "string" }),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.attributeId] }),
    index("attribute_values_text")
      .on(t.tenantId, t.attributeId, t.textValue, t.contactId)
      .where(sql`text_value is not null`),
    index("attribute_values_number")
      .on(t.tenantId, t.attributeId, t.numberValue, t.contactId)
      .where(sql`number_value is not null`),
    index("attribute_values_date")
      .on(t.tenantId, t.attributeId, t.dateValue, t.contactId)
      .where(sql`date_value is not null`),
    ofContact("attribute_values", t),
    tenantPolicy("attribute_values"),
  ],
);

const counter = (name: string) => integer(name).notNull().default(0);

/** The engagement profile per channel: counters and the last time of each, kept as things happen. */
export const engagements = pgTable(
  "engagements",
  {
    tenantId: tenantId(),
    contactId: contactId(),
    channel: text("channel").$type<Channel>().notNull(),
    sent: counter("sent"),
    delivered: counter("delivered"),
    opened: counter("opened"),
    clicked: counter("clicked"),
    replied: counter("replied"),
    converted: counter("converted"),
    lastSentAt: moment("last_sent_at"),
    lastDeliveredAt: moment("last_delivered_at"),
    lastOpenedAt: moment("last_opened_at"),
    lastClickedAt: moment("last_clicked_at"),
    lastRepliedAt: moment("last_replied_at"),
    lastConvertedAt: moment("last_converted_at"),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.channel] }),
    index("engagements_opened").on(t.tenantId, t.channel, t.lastOpenedAt, t.contactId),
    index("engagements_clicked").on(t.tenantId, t.channel, t.lastClickedAt, t.contactId),
    index("engagements_replied").on(t.tenantId, t.channel, t.lastRepliedAt, t.contactId),
    ofContact("engagements", t),
    tenantPolicy("engagements"),
  ],
);

export const notes = pgTable(
  "notes",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    contactId: contactId(),
    text: text("text").notNull(),
    authorId: uuid("author_id"),
    authorName: text("author_name").notNull(),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("notes_contact").on(t.tenantId, t.contactId, t.id),
    ofContact("notes", t),
    tenantPolicy("notes"),
  ],
);

export const tasks = pgTable(
  "tasks",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    contactId: uuid("contact_id"),
    title: text("title").notNull(),
    dueAt: moment("due_at"),
    doneAt: moment("done_at"),
    assigneeId: uuid("assignee_id"),
    createdBy: uuid("created_by"),
    metadata: jsonb("metadata"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("tasks_open").on(t.tenantId, t.dueAt, t.id).where(sql`done_at is null`),
    index("tasks_contact").on(t.tenantId, t.contactId, t.id).where(sql`contact_id is not null`),
    ofContact("tasks", t),
    tenantPolicy("tasks"),
  ],
);

/** The score as it was: a line a day on which it changed, with the reasons of that day. */
export const scoreChanges = pgTable(
  "score_changes",
  {
    tenantId: tenantId(),
    contactId: contactId(),
    day: date("day", { mode: "string" }).notNull(),
    score: smallint("score").notNull(),
    grade: text("grade").$type<Grade>().notNull(),
    reasons: jsonb("reasons").$type<{ points: number; says: string; part: "fit" | "behaviour" }[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.day] }),
    index("score_changes_age").on(t.tenantId, t.day),
    ofContact("score_changes", t),
    tenantPolicy("score_changes"),
  ],
);

/** The weights of a workspace. Without a row the defaults of `lib/domain/contacts/score.ts` hold. */
export const scoreModels = pgTable(
  "score_models",
  {
    tenantId: tenantId(),
    weights: jsonb("weights").notNull(),
    /** The day up to which the nightly job has recomputed everybody. */
    scoredDay: date("scored_day", { mode: "string" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    tenantPolicy("score_models"),
    openTo("score_models", workerRole, "select"),
  ],
);

/** A change of many contacts that can be taken back: what was done, to how many, and how far it is. */
export const bulkChanges = pgTable(
  "bulk_changes",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    act: text("act").$type<BulkAct>().notNull(),
    /** The tag, owner, stage, segment or consent that is set. */
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
    /** Whom: ids, or the filter of the list as it stood. */
    target: jsonb("target").$type<Record<string, unknown>>().notNull(),
    state: text("state").$type<WorkState>().notNull().default("waiting"),
    /** Where the work stands: the id after which it goes on. */
    cursor: uuid("cursor"),
    total: integer("total").notNull().default(0),
    done: integer("done").notNull().default(0),
    changed: integer("changed").notNull().default(0),
    /** Contacts that were erased, deleted or merged away before their turn came. */
    gone: integer("gone").notNull().default(0),
    failure: text("failure"),
    createdBy: uuid("created_by"),
    createdByName: text("created_by_name").notNull(),
    metadata: jsonb("metadata"),
    endedAt: moment("ended_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    tenantPolicy("bulk_changes"),
    openTo("bulk_changes", workerRole, "select"),
  ],
);

/** What a contact was before a bulk change, an import or a merge touched it: the memory of every undo. */
export const changeRows = pgTable(
  "change_rows",
  {
    tenantId: tenantId(),
    changeId: uuid("change_id").notNull(),
    contactId: contactId(),
    before: jsonb("before").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.changeId, t.contactId] }),
    index("change_rows_contact").on(t.tenantId, t.contactId),
    index("change_rows_age").on(t.tenantId, t.createdAt),
    tenantPolicy("change_rows"),
  ],
);

/** Two contacts that became one, with all that is needed to part them again. */
export const merges = pgTable(
  "merges",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    contactId: contactId(),
    loserId: uuid("loser_id").notNull(),
    /** The losing contact with everything of its own, and which rows were moved. */
    snapshot: jsonb("snapshot").$type<Record<string, unknown>>().notNull(),
    createdBy: uuid("created_by"),
    createdByName: text("created_by_name").notNull(),
    undoneAt: moment("undone_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("merges_contact").on(t.tenantId, t.contactId),
    tenantPolicy("merges"),
  ],
);

/** Other names under which a contact is still found: the ids that a merge made go away. */
export const contactAliases = pgTable(
  "contact_aliases",
  {
    tenantId: tenantId(),
    kind: text("kind").$type<"id" | "external_id">().notNull(),
    value: text("value").notNull(),
    contactId: contactId(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.kind, t.value] }),
    index("contact_aliases_contact").on(t.tenantId, t.contactId),
    ofContact("contact_aliases", t),
    tenantPolicy("contact_aliases"),
  ],
);

/** Hashes of addresses that a contact had before: an erasure must know them, or an old file brings the person back. */
export const formerAddresses = pgTable(
  "former_addresses",
  { tenantId: tenantId(), contactId: contactId(), addressHash: uuid("address_hash").notNull(), createdAt: createdAt() },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.addressHash] }),
    ofContact("former_addresses", t),
    tenantPolicy("former_addresses"),
  ],
);

/** Pairs that somebody looked at and kept apart. */
export const notDuplicates = pgTable(
  "not_duplicates",
  {
    tenantId: tenantId(),
    /** The lower id of the pair, then the other. */
    contactId: contactId(),
    otherId: uuid("other_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.otherId] }),
    index("not_duplicates_other").on(t.tenantId, t.otherId),
    ofContact("not_duplicates", t),
    tenantPolicy("not_duplicates"),
  ],
);
