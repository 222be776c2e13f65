import { z } from "zod";
import { Segment } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { requestRefresh } from "@/lib/services/segments/request-refresh";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Finds the members of a segment of rules anew, in the background.",
    needs: "segments:write",
    gate: caller,
    params: z.object({ id: wireId("segment") }),
    answer: Segment,
    status: 202,
    handle: async ({ ctx, params }) => requestRefresh(ctx, params.id),
  }),
});
