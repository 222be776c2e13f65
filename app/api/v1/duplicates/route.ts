import { DuplicateList, DuplicateQuery } from "@/lib/domain/contacts/merge-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listDuplicates } from "@/lib/services/contacts/list-duplicates";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists pairs of contacts that may be one person, among the newest first; the cursor leads on to older ones.",
    needs: "contacts:read",
    gate: caller,
    query: DuplicateQuery,
    answer: DuplicateList,
    handle: async ({ ctx, query }) => listDuplicates(ctx, query),
  }),
});
