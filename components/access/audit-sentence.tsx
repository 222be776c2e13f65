import type { ReactNode } from "react";
import type { AuditLine } from "@/lib/client/access";
import { auditLabels, roleLabels } from "@/lib/domain/access/labels";
import { type AuditAction, type Role, roles } from "@/lib/domain/access/vocabulary";

type Sentence = (line: AuditLine) => ReactNode;

const name = (line: AuditLine) => <b className="font-medium text-ink">{line.subject.name}</b>;

/** What happened, after the name of who did it. An action without a sentence of its own says its label and the name. */
const sentences: Partial<Record<AuditAction, Sentence>> = {
  "workspace.created": (line) => <>created the workspace {name(line)}</>,
  "workspace.updated": (line) => <>changed {fieldsOf(line)} of the workspace</>,
  "member.joined": (line) => <>joined{asRole(line.after?.role)}</>,
  "member.role_changed": (line) => (
    <>
      made {name(line)} {withArticle(line.after?.role)}
    </>
  ),
  "member.removed": (line) => <>removed {name(line)}</>,
  "member.left": () => <>left the workspace</>,
  "invitation.sent": (line) => (
    <>
      invited {name(line)}
      {asRole(line.after?.role)}
    </>
  ),
  "invitation.resent": (line) => <>sent the invitation of {name(line)} again</>,
  "invitation.revoked": (line) => <>withdrew the invitation of {name(line)}</>,
  "key.created": (line) => <>created the key {name(line)}</>,
  "key.revoked": (line) => <>revoked the key {name(line)}</>,
  "audit.exported": () => <>exported the audit log</>,
  "run.cancelled": (line) => <>cancelled a run of {name(line)}</>,
  "run.replayed": (line) => (
    <>
      replayed a run of {name(line)}
      {line.after?.from === "beginning" ? " from the beginning" : " from where it failed"}
    </>
  ),
};

const plainly: Sentence = (line) => (
  <>
    {auditLabels[line.action]}: {name(line)}
  </>
);

export function AuditSentence({ line }: { line: AuditLine }) {
  return (
    <>
      <b className="font-medium text-ink">{line.actor.name}</b> {(sentences[line.action] ?? plainly)(line)}
    </>
  );
}

function withArticle(role: unknown): string {
  if (!roles.includes(role as Role)) return "something else";
  const word = roleLabels[role as Role].label.toLowerCase();
  return `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;
}

function asRole(role: unknown): string {
  return roles.includes(role as Role) ? ` as ${roleLabels[role as Role].label.toLowerCase()}` : "";
}

function fieldsOf(line: AuditLine): string {
  const fields = Object.keys(line.after ?? line.before ?? {}).map(fieldWords);
  if (fields.length === 0) return "the settings";
  return fields.length === 1
    ? `the ${fields[0]}`
    : `the ${fields.slice(0, -1).join(", ")} and ${fields.at(-1) ?? "settings"}`;
}

/** "allowed_origins" -> "allowed origins" */
export function fieldWords(field: string): string {
  return field.replaceAll("_", " ");
}
