import { z } from "zod";
import { eventKind } from "@/lib/kernel/event";

/** A file with all that is known of one person is wanted. */
export const personExportRequested = eventKind({
  name: "person/export-requested",
  data: z.object({ exportId: z.uuid() }),
  subject: ({ exportId }) => ({ kind: "export", id: exportId }),
});

/** A day has passed since what is too old was last taken away. */
export const retentionDue = eventKind({
  name: "retention/due",
  data: z.object({}),
  subject: (_, tenantId) => ({ kind: "workspace", id: tenantId }),
});
