import { cron } from "inngest";
import { findUncheckedLogs } from "@/db/queries/access/unchecked-logs";
import { asWorker } from "@/db/system";
import { auditCheckDue } from "@/lib/domain/access/events";
import { eventOf, inngest } from "../client";

const auditIsDue = eventOf(auditCheckDue);

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
