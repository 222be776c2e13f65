import { CountRequest, SegmentCount } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { countRules } from "@/lib/services/segments/count-rules";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Counts whom rules find, at once or exactly, with the rules as a sentence and ten people as a sample.",
    needs: "segments:read",
    gate: caller,
    body: CountRequest,
    answer: SegmentCount,
    handle: async ({ ctx, body }) => countRules(ctx, body),
  }),
});
