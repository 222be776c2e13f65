import { MergeList, MergeQuery } from "@/lib/domain/contacts/merge-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listMerges } from "@/lib/services/contacts/merge-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists merges, newest first; of one contact where it is named.",
    needs: "contacts:read",
    gate: caller,
    query: MergeQuery,
    answer: MergeList,
    handle: async ({ ctx, query }) => listMerges(ctx, query),
  }),
});
