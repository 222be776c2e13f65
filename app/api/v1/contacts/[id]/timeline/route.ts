import { z } from "zod";
import { TimelineList, TimelineQuery } from "@/lib/domain/contacts/timeline-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { listTimeline } from "@/lib/services/contacts/list-timeline";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists all that is known to have happened with a contact, newest first.",
    needs: "contacts:read",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    query: TimelineQuery,
    answer: TimelineList,
    handle: async ({ ctx, params, query }) => listTimeline(ctx, params.id, query),
  }),
});
