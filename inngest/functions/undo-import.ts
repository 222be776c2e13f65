import { importUndoRequested } from "@/lib/domain/imports/events";
import { failureInWords } from "@/lib/kernel/failure";
import { failImport } from "@/lib/services/imports/fail-import";
import { undoPortion } from "@/lib/services/imports/undo-portion";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const requested = eventOf(importUndoRequested);
const mostSteps = 400;
const gaveUp = "Taking it back did not succeed, though it was tried several times.";

/** Takes an import back, some seconds a step. It only ever undoes what it finds undone not yet, so it may run twice. */
export const undoImport = inngest.createFunction(
  {
    id: "undo-import",
    name: "Take an import back",
    triggers: [requested],
    retries: 4,
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
    onFailure: async ({ event, error, runId }) => {
      const { data } = event.data.event;
      const because = failureInWords(error, gaveUp);
      await failImport(jobContext(data, "undo-import", runId), String(data.importId), "undoing", because);
    },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "undo-import", runId);
    const { tenantId } = event.data;
    const importId = String(event.data.importId);
    for (let at = 0; at < mostSteps; at++) {
      const portion = await step.run(`take back portion ${at + 1}`, () => undoPortion(ctx, importId));
      if (portion.isOver) return portion;
    }
    await step.sendEvent("go on in another run", requested.create({ tenantId, importId }));
    return { isOver: false };
  },
);
