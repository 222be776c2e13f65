import { startOfDay } from "@/components/access/days";
import type { RunFilter } from "@/lib/client/engine";
import { runStatuses } from "@/lib/domain/engine/vocabulary";
import { type UrlState, urlOneOf, urlText } from "../_parts/url-words";

/** The URL is the state of tabs and filters, so every view can be linked: a campaign to its runs, a letter to one run. */
export const searchParams = {
  tab: urlOneOf(["functions", "events"]),
  q: urlText,
  status: urlOneOf(runStatuses),
  function: urlText,
  subject: urlText,
  /** Without it the runs of this workspace. */
  for: urlOneOf(["platform"]),
  from: urlText,
  to: urlText,
  /** The event that is open, and the words by which events are searched. */
  event: urlText,
  name: urlText,
};

export type Wanted = UrlState<typeof searchParams>;

/** The shape of an id is enough here: what it names, the API knows. */
const wireId = /^[a-z]{2,5}_[0-9a-hjkmnp-tv-z]{26}$/;

/** What the API is asked. What it would refuse, because somebody broke the address, is left out. */
export function filterFrom(wanted: Wanted, timeZone: string): RunFilter {
  const from = wanted.from ? startOfDay(wanted.from, timeZone) : null;
  const until = wanted.to ? startOfDay(wanted.to, timeZone, 1) : null;
  const search = wanted.q?.trim().slice(0, 200);
  return {
    ...(search ? { search } : {}),
    ...(wanted.status ? { status: wanted.status } : {}),
    ...(wanted.function ? { function: wanted.function.slice(0, 200) } : {}),
    ...(wanted.subject && wireId.test(wanted.subject) ? { subject: wanted.subject } : {}),
    ...(wanted.for ? { worksFor: wanted.for } : {}),
    ...(from ? { from: from.toISOString() } : {}),
    ...(until ? { until: until.toISOString() } : {}),
  };
}
