import { MemberList, MemberQuery } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listMembers } from "@/lib/services/access/list-members";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the members in the order of joining.",
    needs: "members:read",
    gate: caller,
    query: MemberQuery,
    answer: MemberList,
    handle: async ({ ctx, query }) => listMembers(ctx, query),
  }),
});
