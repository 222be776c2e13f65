import { z } from "zod";
import { isCurrency } from "@/lib/kernel/money";
import {
  listOf,
  listQuery,
  wireEmail,
  wireId,
  wireLine,
  wireMetadata,
  wireTenant,
  wireTime,
  wireZone,
} from "@/lib/kernel/wire";
import { passwordLength } from "./password";
import { allScopes } from "./permissions";
import {
  actorKinds,
  auditActions,
  auditSubjects,
  invitationStates,
  keyStates,
  openSettings,
  roles,
  signInMethods,
} from "./vocabulary";

/** What crosses the wire of access: one shape, its type and its documentation in one place. */
const role = z.enum(roles);
const scope = z.enum(allScopes as [string, ...string[]]);
const currency = z.string().refine(isCurrency, "must be an ISO 4217 currency such as USD or HTG");
/** Length is judged again with its reason in words; this only keeps a megabyte away from the hash. */
const newPassword = z
  .string()
  .min(1)
  .max(passwordLength.max * 4);

/** A web origin as a browser sends it: scheme, host and perhaps a port, nothing behind. */
export const WebOrigin = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .refine((text) => {
    try {
      const url = new URL(text);
      return /^https?:$/.test(url.protocol) && url.origin === text;
    } catch {
      return false;
    }
  }, "must be an origin such as https://shop.example, without a path");

export const WorkspaceRef = z.strictObject({
  tenantUuid: wireTenant,
  name: z.string(),
  handle: z.string(),
  role,
});
export type WorkspaceRef = z.output<typeof WorkspaceRef>;

export const Workspace = z.strictObject({
  tenantUuid: wireTenant,
  name: z.string(),
  handle: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  postalAddress: z.string().nullable(),
  allowedOrigins: z.array(z.string()),
  organisationId: wireId("organisation").nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Workspace = z.output<typeof Workspace>;

export const WorkspaceChanges = z.strictObject({
  tenantUuid: wireTenant.optional(),
  name: wireLine(80).optional(),
  timeZone: wireZone.optional(),
  currency: currency.optional(),
  postalAddress: z.string().trim().max(500).nullable().optional(),
  allowedOrigins: z.array(WebOrigin).max(50).optional(),
  metadata: wireMetadata.nullable().optional(),
});

export const NewWorkspaceRequest = z.strictObject({
  name: wireLine(80),
  timeZone: wireZone.optional(),
  currency: currency.optional(),
  tenantUuid: wireTenant.optional().describe("The caller's own id for the workspace; only with a platform key."),
  ownerEmail: wireEmail.optional().describe("Who is invited as owner; only with a platform key."),
  keyScopes: z
    .array(scope)
    .min(1)
    .max(50)
    .optional()
    .describe("Scopes of a first API key for the new workspace, answered once; only with a platform key."),
  metadata: wireMetadata.optional(),
});

export const CreatedWorkspace = z.strictObject({ workspace: Workspace, apiKey: z.string().nullable() });

export const Person = z.strictObject({
  id: wireId("person"),
  name: z.string(),
  email: z.string(),
  locale: z.string(),
  timeZone: z.string().nullable(),
});

const personFacts = {
  hasPassword: z.boolean(),
  secondFactor: z.enum(["off", "on"]),
  recoveryCodesLeft: z.number().int(),
};

/** Who is calling: a person with their workspaces, or a key with its scopes. */
export const Me = z.strictObject({
  kind: z.enum(["person", "key"]),
  tenantUuid: wireTenant.nullable(),
  workspace: z
    .strictObject({ name: z.string(), handle: z.string(), timeZone: z.string(), currency: z.string() })
    .nullable(),
  role: role.nullable(),
  permissions: z.array(z.string()),
  person: Person.extend(personFacts).nullable(),
  key: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  workspaces: z.array(WorkspaceRef),
});
export type Me = z.output<typeof Me>;

export const MeChanges = z.strictObject({
  name: wireLine(120).optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language tag such as en or fr-HT")
    .max(35)
    .optional(),
  timeZone: wireZone.nullable().optional(),
});

export const ActiveWorkspace = z.strictObject({ tenantUuid: wireTenant });

export const Member = z.strictObject({
  id: wireId("member"),
  personId: wireId("person"),
  name: z.string(),
  email: z.string(),
  role,
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Member = z.output<typeof Member>;
export const MemberList = listOf(Member);
export const MemberQuery = listQuery.extend({ search: z.string().trim().max(200).optional(), role: role.optional() });
export const MemberChange = z.strictObject({ role });

export const Invitation = z.strictObject({
  id: wireId("invitation"),
  email: z.string(),
  role,
  state: z.enum(invitationStates),
  sentAt: wireTime,
  expiresAt: wireTime,
  acceptedAt: wireTime.nullable(),
  mailProblem: z.string().nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type Invitation = z.output<typeof Invitation>;
export const InvitationList = listOf(Invitation);
export const NewInvitationRequest = z.strictObject({ email: wireEmail, role, metadata: wireMetadata.optional() });

const token = z.string().min(16).max(256);
export const TokenRequest = z.strictObject({ token });
export const InvitationPreview = z.strictObject({
  email: z.string(),
  role,
  workspaceName: z.string(),
  invitedBy: z.string().nullable(),
  state: z.enum(invitationStates),
  hasAccount: z.boolean(),
});
/** Someone new says their name and chooses a password; someone signed in just accepts. */
export const AcceptInvitation = z.strictObject({
  token,
  name: wireLine(120).optional(),
  password: newPassword.optional(),
});
export const AcceptedInvitation = z.strictObject({ tenantUuid: wireTenant, email: z.string() });

export const ApiKey = z.strictObject({
  id: wireId("key"),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  state: z.enum(keyStates),
  createdBy: z.string().nullable(),
  lastUsedAt: wireTime.nullable(),
  expiresAt: wireTime.nullable(),
  revokedAt: wireTime.nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: wireTime,
  updatedAt: wireTime,
});
export type ApiKey = z.output<typeof ApiKey>;
export const ApiKeyList = listOf(ApiKey);
export const NewApiKeyRequest = z.strictObject({
  name: wireLine(80),
  scopes: z.array(scope).min(1, "must name at least one scope").max(50),
  expiresAt: wireTime.nullable().optional(),
  metadata: wireMetadata.optional(),
});
export const CreatedApiKey = ApiKey.extend({ secret: z.string().describe("Shown this once and never again.") });

export const ScopeList = z.strictObject({
  items: z.array(z.strictObject({ scope: z.string(), says: z.string(), roles: z.array(role) })),
  nextCursor: z.null(),
});

export const Session = z.strictObject({
  id: wireId("session"),
  method: z.enum(signInMethods),
  isCurrent: z.boolean(),
  device: z.string(),
  ip: z.string().nullable(),
  lastSeenAt: wireTime,
  createdAt: wireTime,
  expiresAt: wireTime,
});
export type Session = z.output<typeof Session>;
export const SessionList = z.strictObject({ items: z.array(Session), nextCursor: z.null() });
export const Revoked = z.strictObject({ revoked: z.number().int() });

export const PasswordChange = z.strictObject({
  currentPassword: z.string().max(512).optional().describe("Needed where a password is set."),
  newPassword,
});
export const Reproof = z.strictObject({
  password: z.string().max(512).optional(),
  code: z.string().max(32).optional(),
});
export const SecondFactorStart = z.strictObject({ secret: z.string(), address: z.string() });
export const CodeRequest = z.strictObject({ code: z.string().min(6).max(32) });
export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });

export const SignUpRequest = z.strictObject({
  email: wireEmail,
  name: wireLine(120),
  workspaceName: wireLine(80),
  timeZone: wireZone.optional(),
});
/** The password is chosen by whoever opens the letter: a stranger cannot prepare an account for somebody else's address. */
export const ConfirmSignUpRequest = z.strictObject({ token, password: newPassword });
export const MailRequest = z.strictObject({ email: wireEmail });
/** The same words whether or not the address is known. */
export const MailAnswer = z.strictObject({ status: z.literal("sent_if_possible"), box: z.string().nullable() });
export const ConfirmedSignUp = z.strictObject({ tenantUuid: wireTenant, email: z.string() });
export const PasswordReset = z.strictObject({ token, newPassword });

export const AuditLine = z.strictObject({
  id: wireId("auditLine"),
  seq: z.number().int(),
  at: wireTime,
  actor: z.strictObject({ kind: z.enum(actorKinds), id: z.string().nullable(), name: z.string() }),
  action: z.enum(auditActions),
  subject: z.strictObject({ kind: z.enum(auditSubjects), id: z.string().nullable(), name: z.string() }),
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()).nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type AuditLine = z.output<typeof AuditLine>;
export const AuditList = listOf(AuditLine);
export const AuditQuery = listQuery.extend({
  search: z.string().trim().max(200).optional(),
  action: z.enum(auditActions).optional(),
  subjectKind: z.enum(auditSubjects).optional(),
  from: wireTime.optional(),
  until: wireTime.optional(),
});
export const AuditVerdict = z.strictObject({
  verdict: z.enum(["intact", "broken"]),
  lines: z.number().int(),
  firstBroken: z.number().int().nullable(),
});

export type AuditVerdict = z.output<typeof AuditVerdict>;

/** What waits for the caller, most pressing first. Only what the caller may do something about. */
export const Need = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("audit_broken"), line: z.number().int() }),
  z.strictObject({ kind: z.literal("runs_failed"), count: z.number().int(), name: z.string(), at: wireTime }),
  z.strictObject({
    kind: z.literal("mail_refused"),
    count: z.number().int(),
    email: z.string(),
    because: z.string(),
  }),
  z.strictObject({
    kind: z.literal("keys_expire"),
    count: z.number().int(),
    name: z.string(),
    expiresAt: wireTime,
    lastUsedAt: wireTime.nullable(),
  }),
  z.strictObject({
    kind: z.literal("data_requests_due"),
    count: z.number().int(),
    dueAt: wireTime,
    isLate: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("tasks_overdue"), count: z.number().int(), title: z.string(), dueAt: wireTime }),
  z.strictObject({ kind: z.literal("second_factor_off"), role }),
  z.strictObject({
    kind: z.literal("invitations_wait"),
    count: z.number().int(),
    email: z.string(),
    sentAt: wireTime,
    expiresAt: wireTime,
  }),
  z.strictObject({ kind: z.literal("settings_open"), missing: z.array(z.enum(openSettings)) }),
  z.strictObject({
    kind: z.literal("keys_unused"),
    count: z.number().int(),
    name: z.string(),
    createdAt: wireTime,
  }),
]);
export type Need = z.output<typeof Need>;
export const NeedsYou = z.strictObject({ items: z.array(Need), nextCursor: z.null() });
export type NeedsYou = z.output<typeof NeedsYou>;
