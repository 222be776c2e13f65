import { z } from "zod";
import { ApiKey } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { revokeKey } from "@/lib/services/access/revoke-key";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  DELETE: route({
    says: "Revokes a key at once and for good. Revoking it twice is harmless.",
    needs: "keys:write",
    gate: caller,
    params: z.object({ id: wireId("key") }),
    answer: ApiKey,
    handle: async ({ ctx, params }) => revokeKey(ctx, params.id),
  }),
});
