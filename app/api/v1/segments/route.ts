import { NewSegmentRequest, Segment, SegmentList, SegmentQuery } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createSegment } from "@/lib/services/segments/create-segment";
import { listSegments } from "@/lib/services/segments/list-segments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the segments with their sentence and size, newest first.",
    needs: "segments:read",
    gate: caller,
    query: SegmentQuery,
    answer: SegmentList,
    handle: async ({ ctx, query }) => listSegments(ctx, query),
  }),
  POST: route({
    says: "Makes a segment of rules, or an empty list. The members of rules are found in the background.",
    needs: "segments:write",
    gate: caller,
    body: NewSegmentRequest,
    answer: Segment,
    status: 201,
    handle: async ({ ctx, body }) => createSegment(ctx, body),
  }),
});
