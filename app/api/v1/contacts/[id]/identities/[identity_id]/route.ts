import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { removeIdentity } from "@/lib/services/contacts/identities";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  DELETE: route({
    says: "Takes an account from a contact.",
    needs: "contacts:write",
    gate: caller,
    params: z.object({ id: wireId("contact"), identityId: wireId("identity") }),
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params }) => removeIdentity(ctx, params.id, params.identityId),
  }),
});
