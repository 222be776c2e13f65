import { InvitationPreview, TokenRequest } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { visitor } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { previewInvitation } from "@/lib/services/access/accept-invitation";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Shows what an invitation's link is for. The token travels in the body, so no log keeps it.",
    gate: visitor,
    body: TokenRequest,
    answer: InvitationPreview,
    handle: async ({ ctx, body }) => previewInvitation(ctx, body.token),
  }),
});
