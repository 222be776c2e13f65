import { exportRequested } from "@/lib/domain/imports/events";
import { failureInWords } from "@/lib/kernel/failure";
import { exportPortion } from "@/lib/services/imports/export-portion";
import { failExport } from "@/lib/services/imports/fail-export";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const requested = eventOf(exportRequested);
const mostSteps = 400;

/** Writes a file of contacts, some seconds a step. Each piece and the cursor past it are one transaction. */
export const runExport = inngest.createFunction(
  {
    id: "run-export",
    name: "Export contacts",
    triggers: [requested],
    retries: 4,
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
    onFailure: async ({ event, error, runId }) => {
      const { data } = event.data.event;
      const because = failureInWords(error, "The file could not be written, though it was tried several times.");
      await failExport(jobContext(data, "run-export", runId), String(data.exportId), because);
    },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "run-export", runId);
    const { tenantId } = event.data;
    const exportId = String(event.data.exportId);
    for (let at = 0; at < mostSteps; at++) {
      const portion = await step.run(`write portion ${at + 1}`, () => exportPortion(ctx, exportId));
      if (portion.isOver) return portion;
    }
    await step.sendEvent("go on in another run", requested.create({ tenantId, exportId }));
    return { isOver: false };
  },
);
