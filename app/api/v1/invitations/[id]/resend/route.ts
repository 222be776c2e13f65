import { z } from "zod";
import { Invitation } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { resendInvitation } from "@/lib/services/access/resend-invitation";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Sends an open invitation again with a new link; the old link opens nothing any more.",
    needs: "members:write",
    gate: caller,
    params: z.object({ id: wireId("invitation") }),
    answer: Invitation,
    handle: async ({ ctx, params }) => resendInvitation(ctx, params.id),
  }),
});
