import { undoRequested } from "@/lib/domain/contacts/events";
import { undoMany } from "@/lib/services/contacts/undo-change";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

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
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "undo-change", runId);
    const { changeId } = undoRequested.data.parse(event.data);
    for (let round = 1; round <= mostSteps; round++) {
      const isDone = await step.run("take back for a while", () => undoMany(ctx, changeId, { untilMs: stepMs }));
      if (isDone) return { rounds: round };
    }
    throw new Error("The undoing did not come to an end.");
  },
);
