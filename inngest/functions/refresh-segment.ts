import { segmentRefreshDue } from "@/lib/domain/segments/events";
import { refreshPortion, settleRefresh } from "@/lib/services/segments/refresh-segment";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

/** At 20,000 contacts a portion this is eighteen million of them; a run has at most a thousand steps. */
const mostPortions = 900;

/** Finds the members of a segment of rules anew: a portion of contacts a step, then the size and the day's history. */
export const refreshSegment = inngest.createFunction(
  {
    id: "refresh-segment",
    name: "Find a segment's members",
    triggers: [eventOf(segmentRefreshDue)],
    retries: 4,
    // Two refreshes of one segment would only wait for each other; many at once would hold up those who write contacts.
    concurrency: [{ limit: 4 }, { key: 'event.data.tenantId + ":" + event.data.segmentId', limit: 1 }],
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "refresh-segment", runId);
    const { segmentId } = event.data as { segmentId: string };
    const sum = { entered: 0, left: 0 };
    let after: string | null = null;
    for (let portion = 0; portion < mostPortions; portion++) {
      const place: { after: string | null } = { after };
      const done = await step.run(`find portion ${portion + 1}`, () => refreshPortion(ctx, segmentId, place));
      if (done.kind === "over") return { because: done.because };
      sum.entered += done.entered;
      sum.left += done.left;
      after = done.upTo;
      if (after === null) break;
    }
    const { size } = await step.run("note the size", () => settleRefresh(ctx, segmentId, sum));
    return { ...sum, size };
  },
);
