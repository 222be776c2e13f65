import { addMs, dayMs } from "@/lib/kernel/time";
import type { OpenSetting, Role } from "./vocabulary";

export type InvitationFacts = { email: string; sentAt: Date; expiresAt: Date; mailProblem: string | null };
export type KeyFacts = { name: string; createdAt: Date; expiresAt: Date | null; lastUsedAt: Date | null };

/** What the caller may do nothing about is null: a need is a sentence with an act, never a complaint. */
export type NeedFacts = {
  now: Date;
  person: { role: Role; hasSecondFactor: boolean } | null;
  /** Open ones: neither accepted nor withdrawn, and their link still works. */
  invitations: InvitationFacts[] | null;
  /** Active ones. */
  keys: KeyFacts[] | null;
  workspace: { timeZone: string; currency: string; postalAddress: string | null; wasEverSaved: boolean } | null;
  audit: { firstBroken: number | null } | null;
  /** Runs that failed of late and that nobody has replayed. */
  failures: { count: number; name: string; at: Date } | null;
  /** What was given to this person and is late: how many, and the one that waits longest. */
  overdueTasks: { count: number; title: string; dueAt: Date } | null;
  /** What people asked of their own data and the law wants answered: those that are late or nearly so. */
  dataRequests: { count: number; dueAt: Date } | null;
};

export type Need =
  | { kind: "audit_broken"; line: number }
  | { kind: "runs_failed"; count: number; name: string; at: Date }
  | { kind: "mail_refused"; count: number; email: string; because: string }
  | { kind: "keys_expire"; count: number; name: string; expiresAt: Date; lastUsedAt: Date | null }
  | { kind: "data_requests_due"; count: number; dueAt: Date; isLate: boolean }
  | { kind: "tasks_overdue"; count: number; title: string; dueAt: Date }
  | { kind: "second_factor_off"; role: Role }
  | { kind: "invitations_wait"; count: number; email: string; sentAt: Date; expiresAt: Date }
  | { kind: "settings_open"; missing: OpenSetting[] }
  | { kind: "keys_unused"; count: number; name: string; createdAt: Date };

export const expiryNoticeMs = 14 * dayMs;
/** A key made this morning is not forgotten yet. */
export const unusedNoticeMs = dayMs;
/** What failed longer ago is history, and stands on the page of runs. */
export const failureNoticeMs = 7 * dayMs;

/** A week before the law's last day there is still time to do what was asked. */
export const requestNoticeMs = 7 * dayMs;

/** What a new workspace gets where nobody chose. */
const unchosen = { timeZone: "UTC", currency: "USD" } as const;

/** What needs a person, most pressing first: what is broken, what will break by itself, what waits, what is open. */
export function decideNeeds(facts: NeedFacts): Need[] {
  const { audit, person } = facts;
  const needs: (Need | null)[] = [
    audit && audit.firstBroken !== null ? { kind: "audit_broken", line: audit.firstBroken } : null,
    facts.failures && facts.failures.count > 0 ? { kind: "runs_failed", ...facts.failures } : null,
    refusedMail(facts.invitations ?? []),
    expiringKeys(facts.keys ?? [], facts.now),
    facts.dataRequests && {
      kind: "data_requests_due",
      ...facts.dataRequests,
      isLate: facts.dataRequests.dueAt < facts.now,
    },
    facts.overdueTasks && { kind: "tasks_overdue", ...facts.overdueTasks },
    person && !person.hasSecondFactor && (person.role === "owner" || person.role === "admin")
      ? { kind: "second_factor_off", role: person.role }
      : null,
    waitingInvitations(facts.invitations ?? []),
    openSettings(facts.workspace),
    unusedKeys(facts.keys ?? [], facts.now),
  ];
  return needs.filter((need) => need !== null);
}

function refusedMail(invitations: InvitationFacts[]): Need | null {
  const refused = invitations.filter((each) => each.mailProblem !== null);
  const first = earliest(refused, (each) => each.sentAt);
  if (!first) return null;
  return { kind: "mail_refused", count: refused.length, email: first.email, because: first.mailProblem ?? "" };
}

function waitingInvitations(invitations: InvitationFacts[]): Need | null {
  const waiting = invitations.filter((each) => each.mailProblem === null);
  const first = earliest(waiting, (each) => each.expiresAt);
  if (!first) return null;
  const { email, sentAt, expiresAt } = first;
  return { kind: "invitations_wait", count: waiting.length, email, sentAt, expiresAt };
}

function expiringKeys(keys: KeyFacts[], now: Date): Need | null {
  const limit = addMs(now, expiryNoticeMs);
  const expiring = keys.flatMap((key) =>
    key.expiresAt && key.expiresAt <= limit ? [{ ...key, expiresAt: key.expiresAt }] : [],
  );
  const first = earliest(expiring, (key) => key.expiresAt);
  if (!first) return null;
  const { name, expiresAt, lastUsedAt } = first;
  return { kind: "keys_expire", count: expiring.length, name, expiresAt, lastUsedAt };
}

function unusedKeys(keys: KeyFacts[], now: Date): Need | null {
  const unused = keys.filter((key) => key.lastUsedAt === null && addMs(key.createdAt, unusedNoticeMs) <= now);
  const first = earliest(unused, (key) => key.createdAt);
  return first && { kind: "keys_unused", count: unused.length, name: first.name, createdAt: first.createdAt };
}

/** Zone and currency have a default; once the settings were saved, the default was seen and is a choice. */
function openSettings(workspace: NeedFacts["workspace"]): Need | null {
  if (!workspace) return null;
  const missing: OpenSetting[] = [];
  if (!workspace.wasEverSaved && workspace.timeZone === unchosen.timeZone) missing.push("time_zone");
  if (!workspace.wasEverSaved && workspace.currency === unchosen.currency) missing.push("currency");
  if (!workspace.postalAddress?.trim()) missing.push("postal_address");
  return missing.length > 0 ? { kind: "settings_open", missing } : null;
}

function earliest<Row>(rows: Row[], at: (row: Row) => Date): Row | null {
  return rows.reduce<Row | null>((first, row) => (first === null || at(row) < at(first) ? row : first), null);
}
