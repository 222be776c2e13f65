import { z } from "zod";
import { HistoryQuery, SegmentHistory } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { listHistory } from "@/lib/services/segments/list-history";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Answers how many people entered, left and were in a segment, day by day.",
    needs: "segments:read",
    gate: caller,
    params: z.object({ id: wireId("segment") }),
    query: HistoryQuery,
    answer: SegmentHistory,
    handle: async ({ ctx, params, query }) => listHistory(ctx, params.id, query),
  }),
});
