import { cron } from "inngest";
import { findExpiredExports, findForgottenImports } from "@/db/queries/imports/waiting-files";
import { asWorker } from "@/db/system";
import { expireExport } from "@/lib/services/imports/export-files";
import { forgetImport } from "@/lib/services/imports/forget-import";
import { inngest } from "../client";
import { jobContext } from "../context";

const most = 200;

/** Files are personal data and are kept no longer than they are needed: a broken upload a day, an export a day. */
export const sweepFiles = inngest.createFunction(
  { id: "sweep-files", name: "Take away old files", triggers: [cron("*/15 * * * *")], retries: 2 },
  async ({ event, step, runId }) => {
    const now = new Date(event.ts ?? Date.now());
    const forgotten = await step.run("take away files that nobody started", async () => {
      const found = await asWorker((db) => findForgottenImports(db, now, most));
      for (const { tenantId, id } of found) await forgetImport(jobContext({ tenantId }, "sweep-files", runId), id);
      return found.length;
    });
    const expired = await step.run("take away exports that have expired", async () => {
      const found = await asWorker((db) => findExpiredExports(db, now, most));
      for (const { tenantId, id } of found) await expireExport(jobContext({ tenantId }, "sweep-files", runId), id);
      return found.length;
    });
    return { forgotten, expired };
  },
);
