import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  ActorKind,
  AuditAction,
  AuditSubject,
  LinkPurpose,
  Role,
  SignInMethod,
} from "@/lib/domain/access/vocabulary";
import { appRole, createdAt, gateRole, moment, openTo, tenantId, tenantPolicy, updatedAt, workerRole } from "./columns";

// ── People: they stand above workspaces, so these tables have no tenant; only the gate's login may touch them. ──

export const people = pgTable(
  "people",
  {
    id: uuid("id").primaryKey(),
    /** Normalised: trimmed, lower case. One address, one person. */
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    locale: text("locale").notNull().default("en"),
    timeZone: text("time_zone"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  () => [
    // A workspace sees its own members by name, and nobody else: `members` is itself bound to the tenant.
    pgPolicy("people_of_tenant", {
      for: "select",
      to: appRole,
      using: sql`exists (select 1 from members m where m.person_id = people.id)`,
    }),
    pgPolicy("people_gate", { for: "all", to: gateRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** Apart from `people`, so that no query for a name can bring a secret along. */
export const personSecrets = pgTable("person_secrets", {
  personId: uuid("person_id")
    .primaryKey()
    .references(() => people.id, { onDelete: "cascade" }),
  passwordHash: text("password_hash"),
  /** Sealed (AES-256-GCM); it counts only once confirmed. */
  totpSecret: text("totp_secret"),
  totpConfirmedAt: moment("totp_confirmed_at"),
  /** The last time step a code was accepted for: a code is good once. */
  totpLastStep: bigint("totp_last_step", { mode: "number" }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    usedAt: moment("used_at"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.codeHash] })],
);

export const oauthAccounts = pgTable(
  "oauth_accounts",
  {
    provider: text("provider").notNull(),
    subject: text("subject").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index("oauth_accounts_person").on(t.personId)],
);

/** Every sign-in is a row that each request looks at; to revoke is to delete it. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    tokenHash: text("token_hash").notNull().unique(),
    method: text("method").$type<SignInMethod>().notNull(),
    /** Signed in with the first factor only: it opens nothing but the page that asks for the second. */
    awaitsSecondFactor: boolean("awaits_second_factor").notNull().default(false),
    activeTenantId: uuid("active_tenant_uuid"),
    ip: text("ip"),
    userAgent: text("user_agent"),
    lastSeenAt: moment("last_seen_at").notNull(),
    /** When the person last proved who they are: what secrets, export and deletion ask for. */
    provenAt: moment("proven_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("sessions_person").on(t.personId, t.lastSeenAt), index("sessions_expiry").on(t.expiresAt)],
);

/** A link we mailed. Only the hash is kept; using it is a guarded move from unused to used. */
export const mailedLinks = pgTable(
  "mailed_links",
  {
    tokenHash: text("token_hash").primaryKey(),
    purpose: text("purpose").$type<LinkPurpose>().notNull(),
    email: text("email").notNull(),
    personId: uuid("person_id").references(() => people.id, { onDelete: "cascade" }),
    /** What the link will carry out, for example the account that a sign-up asked for. */
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull().default({}),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    createdAt: createdAt(),
  },
  (t) => [index("mailed_links_expiry").on(t.expiresAt)],
);

/** Failed or costly attempts per account, address and in all. It forgets by itself: nobody is locked out for ever. */
export const throttles = pgTable("throttles", {
  bucket: text("bucket").primaryKey(),
  attempts: integer("attempts").notNull(),
  windowEndsAt: moment("window_ends_at").notNull(),
  blockedUntil: moment("blocked_until"),
});

/** The development box: where system mail lands while no mail provider is set. */
export const mailOutbox = pgTable(
  "mail_outbox",
  {
    id: uuid("id").primaryKey(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    idempotencyKey: text("idempotency_key").notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [index("mail_outbox_newest").on(t.createdAt)],
);

/** An agency above workspaces. */
export const organisations = pgTable("organisations", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull().unique(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** A key that stands above workspaces and may only create them. */
export const platformKeys = pgTable("platform_keys", {
  id: uuid("id").primaryKey(),
  organisationId: uuid("organisation_id")
    .notNull()
    .references(() => organisations.id, { onDelete: "cascade" }),
  name: text("name").notNull(),
  prefix: text("prefix").notNull().unique(),
  secretHash: text("secret_hash").notNull(),
  scopes: text("scopes").array().notNull(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

// ── Workspaces: from here on every row belongs to a tenant. ──

export const workspaces = pgTable(
  "workspaces",
  {
    tenantId: uuid("tenant_uuid").primaryKey(),
    organisationId: uuid("organisation_id").references(() => organisations.id),
    name: text("name").notNull(),
    /** A word for the command line and addresses; "demo" is the one that the first start seeds. */
    handle: text("handle").notNull().unique(),
    timeZone: text("time_zone").notNull().default("UTC"),
    currency: text("currency").notNull().default("USD"),
    postalAddress: text("postal_address"),
    /** Web origins from which a browser may call the API with a key of this workspace. */
    allowedOrigins: text("allowed_origins").array().notNull().default([]),
    metadata: jsonb("metadata").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  () => [tenantPolicy("workspaces"), openTo("workspaces", gateRole, "select")],
);

export const members = pgTable(
  "members",
  {
    tenantId: tenantId().references(() => workspaces.tenantId, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    role: text("role").$type<Role>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("members_once").on(t.tenantId, t.personId),
    index("members_person").on(t.personId),
    tenantPolicy("members"),
    openTo("members", gateRole, "select"),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    tenantId: tenantId().references(() => workspaces.tenantId, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by"),
    sentAt: moment("sent_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    /** Why the mail did not leave, in words; null while nothing is known against it. */
    mailProblem: text("mail_problem"),
    acceptedAt: moment("accepted_at"),
    revokedAt: moment("revoked_at"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // One open invitation per address: inviting again renews it.
    uniqueIndex("invitations_open").on(t.tenantId, t.email).where(sql`accepted_at is null and revoked_at is null`),
    tenantPolicy("invitations"),
    openTo("invitations", gateRole, "select"),
  ],
);

export const apiKeys = pgTable(
  "api_keys",
  {
    tenantId: tenantId().references(() => workspaces.tenantId, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    /** Visible for ever, and how the gate finds the key. */
    prefix: text("prefix").notNull().unique(),
    secretHash: text("secret_hash").notNull(),
    scopes: text("scopes").array().notNull(),
    createdBy: uuid("created_by"),
    lastUsedAt: moment("last_used_at"),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("api_keys_newest").on(t.tenantId, t.createdAt),
    tenantPolicy("api_keys"),
    openTo("api_keys", gateRole, "select"),
    openTo("api_keys", gateRole, "update"),
  ],
);

/** Append-only for the application; a trigger numbers and chains the lines, so none can be changed or left out unseen. */
export const auditLines = pgTable(
  "audit_lines",
  {
    tenantId: tenantId().references(() => workspaces.tenantId, { onDelete: "cascade" }),
    id: uuid("id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull().default(0),
    at: moment("at").notNull(),
    actorKind: text("actor_kind").$type<ActorKind>().notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text("action").$type<AuditAction>().notNull(),
    subjectKind: text("subject_kind").$type<AuditSubject>().notNull(),
    subjectId: text("subject_id"),
    subjectName: text("subject_name").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    ip: text("ip"),
    requestId: text("request_id"),
    prevHash: text("prev_hash").notNull().default(""),
    hash: text("hash").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("audit_lines_seq").on(t.tenantId, t.seq),
    index("audit_lines_newest").on(t.tenantId, t.at, t.id),
    tenantPolicy("audit_lines"),
  ],
);

/** The end of each tenant's chain: without it, cutting off the last lines would go unseen. Written by the trigger alone. */
export const auditHeads = pgTable(
  "audit_heads",
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => workspaces.tenantId, { onDelete: "cascade" }),
    seq: bigint("seq", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
  },
  // Which logs there are: the sweep asks for those that nobody has checked for a day.
  () => [tenantPolicy("audit_heads"), openTo("audit_heads", workerRole, "select")],
);

/** Answers kept for 24 hours, so that a repeated request is told the same and does nothing again. */
export const idempotentAnswers = pgTable(
  "idempotent_answers",
  {
    tenantId: tenantId().references(() => workspaces.tenantId, { onDelete: "cascade" }),
    callerId: text("caller_id").notNull(),
    route: text("route").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    status: integer("status").notNull(),
    /** Sealed: an answer may hold a secret that is shown once. */
    body: text("body").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.callerId, t.route, t.key] }),
    index("idempotent_answers_age").on(t.createdAt),
    tenantPolicy("idempotent_answers"),
    openTo("idempotent_answers", workerRole, "select"),
    openTo("idempotent_answers", workerRole, "delete"),
  ],
);
