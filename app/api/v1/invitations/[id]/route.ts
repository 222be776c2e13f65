import { z } from "zod";
import { Invitation } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { revokeInvitation } from "@/lib/services/access/revoke-invitation";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  DELETE: route({
    says: "Withdraws an open invitation: its link opens nothing any more.",
    needs: "members:write",
    gate: caller,
    params: z.object({ id: wireId("invitation") }),
    answer: Invitation,
    handle: async ({ ctx, params }) => revokeInvitation(ctx, params.id),
  }),
});
