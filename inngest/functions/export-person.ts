import { personExportRequested } from "@/lib/domain/privacy/events";
import { failureInWords } from "@/lib/kernel/failure";
import { type ZipEntry, zip } from "@/lib/providers/zip";
import { failExport } from "@/lib/services/imports/fail-export";
import { gatherPerson, type PersonFile, storePersonFile } from "@/lib/services/privacy/export-person";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const requested = eventOf(personExportRequested);

/** Writes the file of one person. One step: what it gathers must not lie about in the memory of the engine. */
export const exportPerson = inngest.createFunction(
  {
    id: "export-person",
    name: "Export a person",
    triggers: [requested],
    retries: 4,
    concurrency: [{ limit: 4 }, { key: "event.data.tenantId", limit: 1 }],
    onFailure: async ({ event, error, runId }) => {
      const { data } = event.data.event;
      const because = failureInWords(error, "The file could not be written, though it was tried several times.");
      await failExport(jobContext(data, "export-person", runId), String(data.exportId), because);
    },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "export-person", runId);
    const exportId = String(event.data.exportId);
    return step.run("write the file", async () => {
      const files = await gatherPerson(ctx, exportId);
      if (!files) {
        await failExport(ctx, exportId, "The person is not here any more.");
        return { isWritten: false };
      }
      const pieces: Uint8Array[] = [];
      for await (const piece of zip(entriesOf(files), ctx.now())) pieces.push(piece);
      return { isWritten: await storePersonFile(ctx, exportId, pieces) };
    });
  },
);

async function* entriesOf(files: readonly PersonFile[]): AsyncGenerator<ZipEntry> {
  for (const { name, text } of files) yield { name, chunks: only(text) };
}

async function* only(text: string): AsyncGenerator<string> {
  yield text;
}
