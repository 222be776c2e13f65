/** The words of access: who may come in, as what, and what each may do. It imports nothing, so every floor can use it. */
export const roles = ["owner", "admin", "marketer", "approver", "viewer"] as const;
export type Role = (typeof roles)[number];

export const actorKinds = ["person", "key", "platform", "job", "system"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** How a session began. */
export const signInMethods = ["password", "link", "google", "github"] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const invitationStates = ["open", "accepted", "revoked", "expired"] as const;
export type InvitationState = (typeof invitationStates)[number];

export const keyStates = ["active", "expired", "revoked"] as const;
export type KeyState = (typeof keyStates)[number];

/** What a mailed link is for. A token of one purpose opens no other door. */
export const linkPurposes = ["sign_up", "sign_in", "reset_password"] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** Every action the audit log knows: `subject.what_happened`. */
export const auditActions = [
  "workspace.created",
  "workspace.updated",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "member.left",
  "invitation.sent",
  "invitation.resent",
  "invitation.revoked",
  "key.created",
  "key.revoked",
  "audit.exported",
  "run.cancelled",
  "run.replayed",
  "contact.created",
  "contact.updated",
  "contact.deleted",
  "contact.merged",
  "contact.unmerged",
  "contacts.upserted",
  "contacts.changed",
  "contacts.change_undone",
  "company.created",
  "company.updated",
  "tag.created",
  "tag.updated",
  "tag.deleted",
  "attribute.created",
  "attribute.updated",
  "attribute.deleted",
  "score_model.updated",
  "consent.recorded",
  "preference_link.created",
  "suppression.added",
  "suppression.lifted",
  "topic.created",
  "topic.updated",
  "topic.archived",
  "segment.created",
  "segment.updated",
  "segment.archived",
  "segment.members_changed",
  "import.created",
  "import.started",
  "import.cancelled",
  "import.undone",
  "export.created",
  "export.downloaded",
  "person.exported",
  "person.erased",
  "data_request.opened",
  "data_request.closed",
  "retention.updated",
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditSubjects = [
  "workspace",
  "member",
  "invitation",
  "key",
  "audit",
  "run",
  "contact",
  "company",
  "tag",
  "attribute",
  "score_model",
  "consent",
  "suppression",
  "topic",
  "segment",
  "import",
  "export",
  "change",
  "data_request",
  "retention",
] as const;
export type AuditSubject = (typeof auditSubjects)[number];

/** What a new workspace was not told yet, in the order of its settings. */
export const openSettings = ["time_zone", "currency", "postal_address"] as const;
export type OpenSetting = (typeof openSettings)[number];
