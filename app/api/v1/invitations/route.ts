import { Invitation, InvitationList, NewInvitationRequest } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery } from "@/lib/kernel/wire";
import { inviteMember } from "@/lib/services/access/invite-member";
import { listInvitations } from "@/lib/services/access/list-invitations";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the invitations, newest first.",
    needs: "members:read",
    gate: caller,
    query: listQuery,
    answer: InvitationList,
    handle: async ({ ctx, query }) => listInvitations(ctx, query),
  }),
  POST: route({
    says: "Invites an e-mail address to the workspace; inviting it again renews the link.",
    needs: "members:write",
    gate: caller,
    body: NewInvitationRequest,
    answer: Invitation,
    status: 201,
    handle: async ({ ctx, body }) => inviteMember(ctx, body),
  }),
});
