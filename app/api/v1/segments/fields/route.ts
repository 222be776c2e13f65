import { SegmentFields } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listFields } from "@/lib/services/segments/list-fields";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists what rules can ask about: fields with their operators, and the workspace's tags, attributes and owners.",
    needs: "segments:read",
    gate: caller,
    answer: SegmentFields,
    handle: async ({ ctx }) => listFields(ctx),
  }),
});
