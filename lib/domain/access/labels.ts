import type { AuditAction, InvitationState, KeyState, Role, SignInMethod } from "./vocabulary";

/** One face per word: label, tone and what it means. A new word does not compile until it has one. */
export type Tone = "good" | "waiting" | "bad" | "quiet" | "info";

export const roleLabels: Record<Role, { label: string; says: string }> = {
  owner: { label: "Owner", says: "Everything, and makes other owners" },
  admin: { label: "Admin", says: "Settings, people, keys and the audit log" },
  marketer: { label: "Marketer", says: "Plans and runs campaigns" },
  approver: { label: "Approver", says: "Works the inbox and approves what goes out" },
  viewer: { label: "Viewer", says: "Sees everything, changes nothing" },
};

export const invitationLabels: Record<InvitationState, { label: string; tone: Tone }> = {
  open: { label: "Waiting", tone: "waiting" },
  accepted: { label: "Accepted", tone: "good" },
  revoked: { label: "Withdrawn", tone: "quiet" },
  expired: { label: "Expired", tone: "quiet" },
};

export const keyLabels: Record<KeyState, { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "good" },
  expired: { label: "Expired", tone: "waiting" },
  revoked: { label: "Revoked", tone: "quiet" },
};

export const methodLabels: Record<SignInMethod, string> = {
  password: "Password",
  link: "E-mail link",
  google: "Google",
  github: "GitHub",
};

export const auditLabels: Record<AuditAction, string> = {
  "workspace.created": "created the workspace",
  "workspace.updated": "changed the workspace",
  "member.joined": "joined",
  "member.role_changed": "changed a role",
  "member.removed": "removed a member",
  "member.left": "left",
  "invitation.sent": "invited",
  "invitation.resent": "sent an invitation again",
  "invitation.revoked": "withdrew an invitation",
  "key.created": "created a key",
  "key.revoked": "revoked a key",
  "audit.exported": "exported the audit log",
  "run.cancelled": "cancelled a run",
  "run.replayed": "replayed a run",
  "contact.created": "created a contact",
  "contact.updated": "changed a contact",
  "contact.deleted": "deleted a contact",
  "contact.merged": "merged two contacts",
  "contact.unmerged": "parted two contacts again",
  "contacts.upserted": "wrote contacts in bulk",
  "contacts.changed": "changed many contacts",
  "contacts.change_undone": "took back a change of many contacts",
  "company.created": "created a company",
  "company.updated": "changed a company",
  "tag.created": "created a tag",
  "tag.updated": "renamed a tag",
  "tag.deleted": "deleted a tag",
  "attribute.created": "declared an attribute",
  "attribute.updated": "changed an attribute",
  "attribute.deleted": "deleted an attribute",
  "score_model.updated": "changed the weights of the lead score",
  "consent.recorded": "noted a consent",
  "preference_link.created": "made a link to the preferences of a contact",
  "suppression.added": "suppressed an address",
  "suppression.lifted": "lifted a suppression",
  "topic.created": "created a topic",
  "topic.updated": "changed a topic",
  "topic.archived": "archived a topic",
  "segment.created": "created a segment",
  "segment.updated": "changed a segment",
  "segment.archived": "archived a segment",
  "segment.members_changed": "changed the members of a list",
  "import.created": "uploaded a file",
  "import.started": "started an import",
  "import.cancelled": "stopped an import",
  "import.undone": "took back an import",
  "export.created": "exported contacts",
  "export.downloaded": "downloaded an export",
  "person.exported": "exported a person's data",
  "person.erased": "erased a person",
  "data_request.opened": "opened a data request",
  "data_request.closed": "closed a data request",
  "retention.updated": "changed how long data is kept",
};
