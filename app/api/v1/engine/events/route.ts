import { EngineEventList, EngineEventQuery } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listEngineEvents } from "@/lib/services/engine/list-events";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the events that were taken in during the last week, newest first, with what each set going.",
    needs: "runs:read",
    gate: caller,
    query: EngineEventQuery,
    answer: EngineEventList,
    handle: async ({ ctx, query }) => listEngineEvents(ctx, query),
  }),
});
