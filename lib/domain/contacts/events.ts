import { z } from "zod";
import { eventKind } from "@/lib/kernel/event";

/** Contacts were written, merged or taken away. Ids only: whoever listens looks up what it needs. */
export const contactsChanged = eventKind({
  name: "contacts/changed",
  data: z.object({ ids: z.array(z.uuid()).max(1_000) }),
  subject: (_, tenantId) => ({ kind: "workspace", id: tenantId }),
});

/** A day has begun on which nobody's score was computed yet. */
export const scoreNightDue = eventKind({
  name: "score/night-due",
  data: z.object({}),
  subject: (_, tenantId) => ({ kind: "workspace", id: tenantId }),
});

/** The weights of the score are others now, so everybody's is. */
export const scoreModelChanged = eventKind({
  name: "score/model-changed",
  data: z.object({}),
  subject: (_, tenantId) => ({ kind: "workspace", id: tenantId }),
});

/** A change of more contacts than a request can wait for was asked for. */
export const changeRequested = eventKind({
  name: "contacts/change-requested",
  data: z.object({ changeId: z.uuid() }),
  subject: ({ changeId }) => ({ kind: "change", id: changeId }),
});

/** A change of many contacts is to be taken back. */
export const undoRequested = eventKind({
  name: "contacts/undo-requested",
  data: z.object({ changeId: z.uuid() }),
  subject: ({ changeId }) => ({ kind: "change", id: changeId }),
});
