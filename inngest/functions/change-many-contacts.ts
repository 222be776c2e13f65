import { changeRequested } from "@/lib/domain/contacts/events";
import { failureInWords } from "@/lib/kernel/failure";
import { changeMany } from "@/lib/services/contacts/change-contacts";
import { failChange } from "@/lib/services/contacts/fail-change";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const gaveUp = "The contacts could not be changed, though it was tried several times.";
const stepMs = 15_000;
const mostSteps = 1_000;

/** A change of more contacts than a request waits for. How far it is stands in its row, where a second run goes on. */
export const changeManyContacts = inngest.createFunction(
  {
    id: "change-many-contacts",
    name: "Change many contacts",
    triggers: [eventOf(changeRequested)],
    retries: 4,
    // Of one workspace one after the other: two that touch the same contacts would only wait for each other's locks.
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
    onFailure: async ({ event, error, runId }) => {
      const { data } = event.data.event;
      await failChange(
        jobContext(data, "change-many-contacts", runId),
        String(data.changeId),
        failureInWords(error, gaveUp),
      );
    },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "change-many-contacts", runId);
    const { changeId } = changeRequested.data.parse(event.data);
    for (let round = 1; round <= mostSteps; round++) {
      const isDone = await step.run(`change for a while, round ${round}`, () =>
        changeMany(ctx, changeId, { untilMs: stepMs }),
      );
      if (isDone) return { rounds: round };
    }
    throw new Error("The change did not come to an end.");
  },
);
