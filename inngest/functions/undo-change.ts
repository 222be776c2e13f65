import { undoRequested } from "@/lib/domain/contacts/events";
import { failureInWords } from "@/lib/kernel/failure";
import { failChange } from "@/lib/services/contacts/fail-change";
import { undoMany } from "@/lib/services/contacts/undo-change";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const gaveUp = "Taking it back did not succeed, though it was tried several times.";
const stepMs = 15_000;
const mostSteps = 1_000;

/** Takes a change of many contacts back, from where its row says that the work stands. */
export const undoChange = inngest.createFunction(
  {
    id: "undo-change",
    name: "Take a change of many contacts back",
    triggers: [eventOf(undoRequested)],
    retries: 4,
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
    onFailure: async ({ event, error, runId }) => {
      const { data } = event.data.event;
      await failChange(jobContext(data, "undo-change", runId), String(data.changeId), failureInWords(error, gaveUp));
    },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "undo-change", runId);
    const { changeId } = undoRequested.data.parse(event.data);
    for (let round = 1; round <= mostSteps; round++) {
      const isDone = await step.run(`take back for a while, round ${round}`, () =>
        undoMany(ctx, changeId, { untilMs: stepMs }),
      );
      if (isDone) return { rounds: round };
    }
    throw new Error("The undoing did not come to an end.");
  },
);
