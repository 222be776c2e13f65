import { AcceptedInvitation, AcceptInvitation } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { visitor } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { acceptInvitation } from "@/lib/services/access/accept-invitation";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Accepts an invitation: someone signed in joins, someone new makes their account with it.",
    gate: visitor,
    body: AcceptInvitation,
    answer: AcceptedInvitation,
    handle: async ({ ctx, body }) => acceptInvitation(ctx, ctx.signedIn, body),
  }),
});
