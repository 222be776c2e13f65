import { NonRetriableError } from "inngest";
import { scoreModelChanged, scoreNightDue } from "@/lib/domain/contacts/events";
import { beginScoring, finishScoring, scorePortions } from "@/lib/services/contacts/score-contacts";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

/** A step scores up to 50,000 contacts. A run has at most a thousand steps, so these are enough for forty-five million. */
const portions = 10;
const mostSteps = 900;

/** Once a day, and when the weights change, everybody is scored anew: what was done long ago counts less each day. */
export const scoreEverybody = inngest.createFunction(
  {
    id: "score-everybody",
    name: "Score everybody anew",
    triggers: [eventOf(scoreNightDue), eventOf(scoreModelChanged)],
    retries: 4,
    concurrency: [{ limit: 2 }, { key: "event.data.tenantId", limit: 1 }],
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "score-everybody", runId);
    const begun = await step.run("note the day and the weights", () => beginScoring(ctx));
    const total = { scored: 0, changed: 0 };
    let after: string | null = null;
    for (let round = 0; round < mostSteps; round++) {
      const from: string | null = after;
      const portion: Awaited<ReturnType<typeof scorePortions>> = await step.run(`score portion ${round + 1}`, () =>
        scorePortions(ctx, { after: from, portions }),
      );
      total.scored += portion.scored;
      total.changed += portion.changed;
      after = portion.after;
      if (after === null) break;
    }
    // The day must not be noted where somebody was left out.
    if (after !== null) throw new NonRetriableError("There are more contacts than one run scores.");
    const isOfToday = await step.run("note that it is done", () => finishScoring(ctx, begun));
    return { ...total, isOfToday };
  },
);
