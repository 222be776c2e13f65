import { cron } from "inngest";
import { findUncheckedLogs } from "@/db/queries/access/unchecked-logs";
import { findStandingChanges } from "@/db/queries/contacts/bulk-changes";
import { findStaleScores } from "@/db/queries/contacts/scores";
import { findStalledExports, findStalledImports, type WaitingFile } from "@/db/queries/imports/waiting-files";
import { findUnretained } from "@/db/queries/privacy/retention";
import { findStaleSegments } from "@/db/queries/segments/stale-segments";
import { asWorker } from "@/db/system";
import { auditCheckDue } from "@/lib/domain/access/events";
import { changeRequested, scoreNightDue, undoRequested } from "@/lib/domain/contacts/events";
import { exportRequested, importStarted, importUndoRequested } from "@/lib/domain/imports/events";
import { personExportRequested, retentionDue } from "@/lib/domain/privacy/events";
import { segmentsStale } from "@/lib/domain/segments/events";
import { addMs, minuteMs } from "@/lib/kernel/time";
import { eventOf, inngest } from "../client";

const auditIsDue = eventOf(auditCheckDue);
const retentionIsDue = eventOf(retentionDue);
const segmentsAreStale = eventOf(segmentsStale);
const importIsDue = eventOf(importStarted);
const undoIsDue = eventOf(importUndoRequested);
const exportIsDue = eventOf(exportRequested);
const personExportIsDue = eventOf(personExportRequested);
const scoresAreDue = eventOf(scoreNightDue);
const changeIsDue = eventOf(changeRequested);
const changeUndoIsDue = eventOf(undoRequested);

/** A file and its workspace as one word, as a step's result keeps it. */
const namedFiles = (files: WaitingFile[]) => files.map(({ tenantId, id }) => `${tenantId}/${id}`);
function fileOf(name: string): WaitingFile {
  const [tenantId = "", id = ""] = name.split("/");
  return { tenantId, id };
}
/** One round says it once, however often the round itself is tried. */
const once = (name: string, now: Date) => ({ id: `${name}-${now.toISOString().slice(0, 16)}` });

/** At most so many of a kind in a round; the next round finds the rest. */
const most = 500;

/**
 * What waits for something to happen and has waited too long, by kind: rows that are found, and the event that is said of
 * each once more. Later domains add their kind. So a lost event costs minutes, never data; and since every function is safe
 * to run twice, an event too many costs nothing.
 */
const waiting = [
  {
    what: "logs that nobody checked for a day",
    find: (now: Date) => asWorker((db) => findUncheckedLogs(db, now, most)),
    say: (tenantId: string, now: Date) =>
      auditIsDue.create({ tenantId }, { id: `audit-check-${tenantId}-${now.toISOString().slice(0, 10)}` }),
  },
  {
    what: "workspaces in which nothing too old went for a day",
    find: (now: Date) => asWorker((db) => findUnretained(db, now, most)),
    say: (tenantId: string, now: Date) =>
      retentionIsDue.create({ tenantId }, { id: `retention-${tenantId}-${now.toISOString().slice(0, 10)}` }),
  },
  {
    what: "segments that nobody refreshed for an hour",
    find: (now: Date) => asWorker((db) => findStaleSegments(db, now, most)),
    // Once a quarter of an hour: while they are being refreshed they look as stale as before.
    say: (tenantId: string, now: Date) =>
      segmentsAreStale.create({ tenantId }, { id: `segments-${tenantId}-${Math.floor(now.getTime() / 900_000)}` }),
  },
  {
    what: "imports that stand still",
    find: async (now: Date) => namedFiles(await asWorker((db) => findStalledImports(db, "running", now, most))),
    say: (name: string, now: Date) => {
      const { tenantId, id } = fileOf(name);
      return importIsDue.create({ tenantId, importId: id }, once(`import-${name}`, now));
    },
  },
  {
    what: "undos of imports that stand still",
    find: async (now: Date) => namedFiles(await asWorker((db) => findStalledImports(db, "undoing", now, most))),
    say: (name: string, now: Date) => {
      const { tenantId, id } = fileOf(name);
      return undoIsDue.create({ tenantId, importId: id }, once(`undo-${name}`, now));
    },
  },
  {
    what: "exports that stand still",
    find: async (now: Date) => namedFiles(await asWorker((db) => findStalledExports(db, "contacts", now, most))),
    say: (name: string, now: Date) => {
      const { tenantId, id } = fileOf(name);
      return exportIsDue.create({ tenantId, exportId: id }, once(`export-${name}`, now));
    },
  },
  {
    what: "exports of a person that stand still",
    find: async (now: Date) => namedFiles(await asWorker((db) => findStalledExports(db, "person", now, most))),
    say: (name: string, now: Date) => {
      const { tenantId, id } = fileOf(name);
      return personExportIsDue.create({ tenantId, exportId: id }, once(`person-export-${name}`, now));
    },
  },
  {
    what: "scores that are not of this day",
    find: (now: Date) => asWorker((db) => findStaleScores(db, now.toISOString().slice(0, 10), most)),
    // Once a day, however long it takes: a long walk looks as stale as one that was never begun.
    say: (tenantId: string, now: Date) =>
      scoresAreDue.create({ tenantId }, { id: `scores-${tenantId}-${now.toISOString().slice(0, 10)}` }),
  },
  {
    what: "changes of many contacts that stand still",
    find: async (now: Date) =>
      namedFiles(
        await asWorker((db) => findStandingChanges(db, ["waiting", "running"], addMs(now, -2 * minuteMs), most)),
      ),
    say: (name: string, now: Date) => {
      const { tenantId, id } = fileOf(name);
      return changeIsDue.create({ tenantId, changeId: id }, once(`change-${name}`, now));
    },
  },
  {
    what: "undos of changes that stand still",
    find: async (now: Date) =>
      namedFiles(await asWorker((db) => findStandingChanges(db, ["undoing"], addMs(now, -2 * minuteMs), most))),
    say: (name: string, now: Date) => {
      const { tenantId, id } = fileOf(name);
      return changeUndoIsDue.create({ tenantId, changeId: id }, once(`change-undo-${name}`, now));
    },
  },
];

export const sweepWaiting = inngest.createFunction(
  { id: "sweep-waiting", name: "Say again what waited too long", triggers: [cron("*/5 * * * *")], retries: 2 },
  async ({ event, step }) => {
    const now = new Date(event.ts ?? Date.now());
    const said: Record<string, number> = {};
    for (const { what, find, say } of waiting) {
      const found = await step.run(`find ${what}`, () => find(now));
      if (found.length > 0)
        await step.sendEvent(
          `say it of ${what}`,
          found.map((id) => say(id, now)),
        );
      said[what] = found.length;
    }
    return said;
  },
);
