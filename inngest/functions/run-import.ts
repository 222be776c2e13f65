import { importStarted } from "@/lib/domain/imports/events";
import { failureInWords } from "@/lib/kernel/failure";
import { failImport } from "@/lib/services/imports/fail-import";
import { importPortion } from "@/lib/services/imports/import-portion";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const started = eventOf(importStarted);

const gaveUp = "The rows could not be written, though it was tried several times.";

/** A run is kept to a readable length; what is left goes on in the next one. */
const mostSteps = 400;

/**
 * Takes in a file, some seconds a step. How far it is stands in the database and moves with the rows, so a step that is
 * run twice, or a run that is begun twice, goes on where the last one stood.
 */
export const runImport = inngest.createFunction(
  {
    id: "run-import",
    name: "Import a file",
    triggers: [started],
    retries: 4,
    // One file at a time in a workspace: two would wait for each other's rows.
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
    onFailure: async ({ event, error, runId }) => {
      const { data } = event.data.event;
      const because = failureInWords(error, gaveUp);
      await failImport(jobContext(data, "run-import", runId), String(data.importId), "running", because);
    },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "run-import", runId);
    const { tenantId } = event.data;
    const importId = String(event.data.importId);
    for (let at = 0; at < mostSteps; at++) {
      const portion = await step.run(`take in portion ${at + 1}`, () => importPortion(ctx, importId));
      if (portion.isOver) return portion;
    }
    await step.sendEvent("go on in another run", started.create({ tenantId, importId }));
    return { isOver: false };
  },
);
