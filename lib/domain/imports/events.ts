import { z } from "zod";
import { eventKind } from "@/lib/kernel/event";

/** Somebody started an import whose columns are mapped. */
export const importStarted = eventKind({
  name: "import/started",
  data: z.object({ importId: z.uuid() }),
  subject: ({ importId }) => ({ kind: "import", id: importId }),
});

/** Somebody wants to take an import back. */
export const importUndoRequested = eventKind({
  name: "import/undo-requested",
  data: z.object({ importId: z.uuid() }),
  subject: ({ importId }) => ({ kind: "import", id: importId }),
});

/** Somebody asked for a file of contacts. */
export const exportRequested = eventKind({
  name: "export/requested",
  data: z.object({ exportId: z.uuid() }),
  subject: ({ exportId }) => ({ kind: "export", id: exportId }),
});
