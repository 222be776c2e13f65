import { retentionDue } from "@/lib/domain/privacy/events";
import { dataClasses } from "@/lib/domain/privacy/vocabulary";
import { retain as retainClass } from "@/lib/services/privacy/retention";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

/** Once a day a workspace's data that is older than it is to be kept goes, class by class. */
export const retain = inngest.createFunction(
  {
    id: "retain",
    name: "Take away what is too old",
    triggers: [eventOf(retentionDue)],
    retries: 4,
    concurrency: [{ limit: 2 }, { key: "event.data.tenantId", limit: 1 }],
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "retain", runId);
    const removed: Record<string, number> = {};
    for (const dataClass of dataClasses)
      removed[dataClass] = await step.run(`take away ${dataClass}`, () => retainClass(ctx, dataClass));
    return removed;
  },
);
