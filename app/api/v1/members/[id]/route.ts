import { z } from "zod";
import { Member, MemberChange } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { changeMemberRole } from "@/lib/services/access/change-member-role";
import { removeMember } from "@/lib/services/access/remove-member";

const params = z.object({ id: wireId("member") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Changes a member's role. Owners are made and unmade by owners; the last one stays.",
    needs: "members:write",
    gate: caller,
    params,
    body: MemberChange,
    answer: Member,
    handle: async ({ ctx, params, body }) => changeMemberRole(ctx, params.id, body.role),
  }),
  DELETE: route({
    says: "Removes a member, or leaves the workspace oneself.",
    needs: "members:write",
    gate: caller,
    params,
    answer: Member,
    handle: async ({ ctx, params }) => removeMember(ctx, params.id),
  }),
});
