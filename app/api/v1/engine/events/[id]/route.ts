import { z } from "zod";
import { EngineEventDetail } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findEngineEvent } from "@/lib/services/engine/list-events";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Answers an event with its data and the runs it began.",
    needs: "runs:read",
    gate: caller,
    params: z.object({ id: wireId("engineEvent") }),
    answer: EngineEventDetail,
    handle: async ({ ctx, params }) => findEngineEvent(ctx, params.id),
  }),
});
