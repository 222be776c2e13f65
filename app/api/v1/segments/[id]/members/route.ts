import { z } from "zod";
import { MemberChanges, MembersChanged, SegmentMemberList } from "@/lib/domain/segments/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery, wireId } from "@/lib/kernel/wire";
import { changeMembers } from "@/lib/services/segments/change-members";
import { listMembers } from "@/lib/services/segments/list-members";

const params = z.object({ id: wireId("segment") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists who is in a segment, the newest contacts first.",
    needs: "segments:read",
    gate: caller,
    params,
    query: listQuery,
    answer: SegmentMemberList,
    handle: async ({ ctx, params, query }) => listMembers(ctx, params.id, query),
  }),
  POST: route({
    says: "Puts people on a list and takes others off it, up to 1,000 each. Doing it twice is harmless.",
    needs: "segments:write",
    gate: caller,
    params,
    body: MemberChanges,
    answer: MembersChanged,
    handle: async ({ ctx, params, body }) => changeMembers(ctx, params.id, body),
  }),
});
