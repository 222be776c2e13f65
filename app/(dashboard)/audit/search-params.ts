import { startOfDay } from "@/components/access/days";
import type { AuditFilter } from "@/lib/client/access";
import { auditActions, auditSubjects } from "@/lib/domain/access/vocabulary";
import { urlFlag, urlOneOf, urlText } from "../_parts/url-words";

/** The URL is the state of the filters, so every view of the log can be linked. */
export const searchParams = {
  q: urlText,
  action: urlOneOf(auditActions),
  subject: urlOneOf(auditSubjects),
  /** Days as a person names them: both are inside. */
  from: urlText,
  to: urlText,
  /** The number of the line that is open. */
  line: urlText,
  /** Another page asks for the chain to be checked at once. */
  check: urlFlag,
};

export type Wanted = {
  q: string | null;
  action: (typeof auditActions)[number] | null;
  subject: (typeof auditSubjects)[number] | null;
  from: string | null;
  to: string | null;
};

/** What the API is asked: days become instants in the workspace's zone. Keys without a value are left out. */
export function filterFrom(wanted: Wanted, timeZone: string): AuditFilter {
  const from = wanted.from ? startOfDay(wanted.from, timeZone) : null;
  const until = wanted.to ? startOfDay(wanted.to, timeZone, 1) : null;
  return {
    ...(wanted.q?.trim() ? { search: wanted.q.trim().slice(0, 200) } : {}),
    ...(wanted.action ? { action: wanted.action } : {}),
    ...(wanted.subject ? { subjectKind: wanted.subject } : {}),
    ...(from ? { from: from.toISOString() } : {}),
    ...(until ? { until: until.toISOString() } : {}),
  };
}
