import { z } from "zod";
import { Segment, SegmentChanges } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { archiveSegment } from "@/lib/services/segments/archive-segment";
import { findSegment } from "@/lib/services/segments/find-segment";
import { updateSegment } from "@/lib/services/segments/update-segment";

const params = z.object({ id: wireId("segment") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Answers one segment with its rules, their sentence and its size.",
    needs: "segments:read",
    gate: caller,
    params,
    answer: Segment,
    handle: async ({ ctx, params }) => findSegment(ctx, params.id),
  }),
  PATCH: route({
    says: "Changes a segment's name, key, description or rules.",
    needs: "segments:write",
    gate: caller,
    params,
    body: SegmentChanges,
    answer: Segment,
    handle: async ({ ctx, params, body }) => updateSegment(ctx, params.id, body),
  }),
  DELETE: route({
    says: "Archives a segment for good. Archiving it twice is harmless.",
    needs: "segments:write",
    gate: caller,
    params,
    answer: Segment,
    handle: async ({ ctx, params }) => archiveSegment(ctx, params.id),
  }),
});
