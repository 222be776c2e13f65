import { contactsChanged } from "@/lib/domain/contacts/events";
import { segmentRefreshDue, segmentsStale } from "@/lib/domain/segments/events";
import { recountLists } from "@/lib/services/segments/change-members";
import { listRuleSegments } from "@/lib/services/segments/list-rule-segments";
import { eventOf, inngest } from "../client";
import { jobContext } from "../context";

const refreshIsDue = eventOf(segmentRefreshDue);

/**
 * Says of every segment of rules that its members are due: a minute after the last of many changes (an import tells of each
 * of its pieces), at the latest after five, and where the sweep found one that stands still for an hour.
 */
export const refreshSegments = inngest.createFunction(
  {
    id: "refresh-segments",
    name: "Find the members of all segments",
    triggers: [eventOf(contactsChanged), eventOf(segmentsStale)],
    retries: 4,
    debounce: { key: "event.data.tenantId", period: "1m", timeout: "5m" },
  },
  async ({ event, step, runId }) => {
    const ctx = jobContext(event.data, "refresh-segments", runId);
    const { tenantId } = ctx;
    const ids = await step.run("list the segments", () => listRuleSegments(ctx));
    if (ids.length > 0)
      await step.sendEvent(
        "say that they are due",
        ids.map((segmentId) => refreshIsDue.create({ tenantId, segmentId })),
      );
    const lists = await step.run("count the lists", () => recountLists(ctx));
    return { segments: ids.length, lists };
  },
);
