import { sql } from "drizzle-orm";
import { bigserial, boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import type {
  ConsentBasis,
  ConsentSource,
  ConsentState,
  SuppressionReason,
  SuppressionScope,
} from "@/lib/domain/consent/vocabulary";
import { createdAt, moment, openTo, tenantId, tenantPolicy, updatedAt, workerRole } from "./columns";
import { ofContact } from "./contacts";

/** What people can subscribe to one by one. */
export const topics = pgTable(
  "topics",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    /** Shown in the preference centre. What is not public does not exist there, not even by its id. */
    isPublic: boolean("is_public").notNull().default(true),
    metadata: jsonb("metadata"),
    archivedAt: moment("archived_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), tenantPolicy("topics")],
);

/**
 * The ledger: who said what, when, where, and to which words. Only ever added to; the application's login may change
 * nothing of a line but whose it is (a merge), and takes lines away only through `erase_consents` (an erasure).
 */
export const consents = pgTable(
  "consents",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    /** The order in which things were said: the last line counts, whatever the clocks. */
    seq: bigserial("seq", { mode: "number" }).notNull(),
    contactId: uuid("contact_id").notNull(),
    channel: text("channel").$type<Channel>().notNull(),
    purpose: text("purpose").$type<Purpose>().notNull(),
    topicId: uuid("topic_id").notNull(),
    state: text("state").$type<ConsentState>().notNull(),
    basis: text("basis").$type<ConsentBasis>(),
    source: text("source").$type<ConsentSource>().notNull(),
    /** In words: the form, the import's name, the key's name. */
    sourceDetail: text("source_detail"),
    textVersion: text("text_version"),
    /** Shortened: enough to prove, too little to find somebody. */
    ip: text("ip"),
    expiresAt: moment("expires_at"),
    /** The line that this one takes back as a mistake of ours. */
    corrects: uuid("corrects"),
    actorName: text("actor_name").notNull(),
    at: moment("at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("consents_contact").on(t.tenantId, t.contactId, t.seq),
    tenantPolicy("consents"),
  ],
);

/** The last line of each kind: a cache of the ledger, written with it and recomputed by one function. */
export const consentStates = pgTable(
  "consent_states",
  {
    tenantId: tenantId(),
    contactId: uuid("contact_id").notNull(),
    channel: text("channel").$type<Channel>().notNull(),
    purpose: text("purpose").$type<Purpose>().notNull(),
    topicId: uuid("topic_id").notNull(),
    state: text("state").$type<ConsentState>().notNull(),
    lineId: uuid("line_id").notNull(),
    source: text("source").$type<ConsentSource>().notNull(),
    at: moment("at").notNull(),
    expiresAt: moment("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.contactId, t.channel, t.purpose, t.topicId] }),
    index("consent_states_state").on(t.tenantId, t.channel, t.purpose, t.topicId, t.state, t.contactId),
    ofContact("consent_states", t),
    tenantPolicy("consent_states"),
  ],
);

/**
 * Addresses that must not be written to, known only by their keyed hash: the list outlives the erasure of the person.
 * A row is lifted, never deleted: who lifted it and why is part of the proof.
 */
export const suppressions = pgTable(
  "suppressions",
  {
    tenantId: tenantId(),
    id: uuid("id").notNull(),
    addressHash: uuid("address_hash").notNull(),
    /** `*` for every channel that uses the address. */
    channel: text("channel").$type<Channel | "*">().notNull(),
    reason: text("reason").$type<SuppressionReason>().notNull(),
    scope: text("scope").$type<SuppressionScope>().notNull(),
    /** The topic's id or the sender's name; '' in the wider scopes. */
    scopeKey: text("scope_key").notNull().default(""),
    source: text("source").$type<ConsentSource>().notNull(),
    note: text("note"),
    /** Whose address it was, as long as the person is known here. */
    contactId: uuid("contact_id"),
    actorName: text("actor_name").notNull(),
    liftedAt: moment("lifted_at"),
    liftedBy: text("lifted_by"),
    liftedBecause: text("lifted_because"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("suppressions_once")
      .on(t.tenantId, t.addressHash, t.channel, t.reason, t.scope, t.scopeKey)
      .where(sql`lifted_at is null`),
    index("suppressions_address").on(t.tenantId, t.addressHash),
    index("suppressions_erased").on(t.tenantId).where(sql`reason = 'erasure' and lifted_at is null`),
    index("suppressions_contact").on(t.tenantId, t.contactId).where(sql`contact_id is not null`),
    tenantPolicy("suppressions"),
  ],
);

/**
 * Which pepper the hashes of this workspace's list were made with. With another one the list would match nobody and say
 * nothing, so the first use is remembered and every later one compared.
 */
export const suppressionPeppers = pgTable(
  "suppression_peppers",
  { tenantId: tenantId(), fingerprint: uuid("fingerprint").notNull(), createdAt: createdAt() },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    tenantPolicy("suppression_peppers"),
    openTo("suppression_peppers", workerRole, "select"),
  ],
);
