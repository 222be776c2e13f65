import { cron } from "inngest";
import { pruneEngine } from "@/db/queries/engine/sweep";
import { databaseClock } from "@/db/queries/lease";
import { asWorker } from "@/db/system";
import { inngest } from "../client";

/** What ended well is of interest for a week, what failed for three months: until then it can be replayed. */
const keep = { runsDays: 7, failedDays: 90, eventsDays: 7 };
/** The next hour goes on where this one ends; at full speed the engine makes a million runs an hour. */
const mostRounds = 400;

/** Every hour old runs are taken away, a portion at a time. */
export const pruneRuns = inngest.createFunction(
  { id: "prune-runs", name: "Take away old runs", triggers: [cron("23 * * * *")], retries: 2 },
  async ({ step }) => {
    const gone = { runs: 0, events: 0, marks: 0, workers: 0 };
    for (let round = 0; round < mostRounds; round++) {
      const portion = await step.run(`take away portion ${round + 1}`, () =>
        asWorker((db) => pruneEngine(db, keep, databaseClock())),
      );
      for (const name of Object.keys(gone) as (keyof typeof gone)[]) gone[name] += portion[name];
      if (portion.runs + portion.events + portion.marks < 1_000) break;
    }
    return gone;
  },
);
