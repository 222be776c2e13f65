import { consentBulkAct } from "./consent/bulk-act";
import { consentTables } from "./consent/person-tables";
import { consentTimeline } from "./consent/timeline-sources";
import { contactBulkHandlers } from "./contacts/bulk-handlers";
import type { BulkHandler, PersonTable, TimelineSource } from "./contacts/person-data";
import { contactTables } from "./contacts/person-tables";
import { contactTimeline } from "./contacts/timeline-sources";
import { importTables, importTimeline } from "./imports/person-tables";
import { privacyTables } from "./privacy/person-tables";
import { segmentBulkActs } from "./segments/bulk-act";
import { segmentPersonTables, segmentTimeline } from "./segments/person-tables";

/**
 * Where a left domain learns what those on its right know of a person: each exports its entries, and this file alone
 * imports them all. Functions instead of lists, because verbs of the domains listed here call back into this file.
 * What comes first is moved, restored and erased first; the contact itself is erased last, whatever its place.
 */
export function personTables(): PersonTable[] {
  return [...contactTables, ...consentTables, ...segmentPersonTables, ...importTables, ...privacyTables];
}

export function timelineSources(): TimelineSource[] {
  return [...contactTimeline, ...consentTimeline, segmentTimeline, importTimeline];
}

export function bulkHandlers(): BulkHandler[] {
  return [...contactBulkHandlers, ...segmentBulkActs, consentBulkAct];
}
