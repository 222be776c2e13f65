import { z } from "zod";
import { eventKind } from "@/lib/kernel/event";

/** A segment was made or changed, or stands unrefreshed for an hour: its members are to be found anew. */
export const segmentRefreshDue = eventKind({
  name: "segment/refresh-due",
  data: z.object({ segmentId: z.uuid() }),
  subject: ({ segmentId }) => ({ kind: "segment", id: segmentId }),
});

/** Some segment of the workspace stands unrefreshed for an hour. */
export const segmentsStale = eventKind({
  name: "segments/stale",
  data: z.object({}),
  subject: (_, tenantId) => ({ kind: "workspace", id: tenantId }),
});
