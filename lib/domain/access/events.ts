import { z } from "zod";
import { eventKind } from "@/lib/kernel/event";

/** A day has passed since the workspace's audit log was last checked, line by line. */
export const auditCheckDue = eventKind({
  name: "audit/check-due",
  data: z.object({}),
  subject: (_, tenantId) => ({ kind: "workspace", id: tenantId }),
});
