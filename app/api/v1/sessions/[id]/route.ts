import { z } from "zod";
import { Revoked } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { revokeSession } from "@/lib/services/access/sessions";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  DELETE: route({
    says: "Ends one of the person's sessions.",
    gate: person,
    params: z.object({ id: wireId("session") }),
    answer: Revoked,
    handle: async ({ ctx, params }) => revokeSession(ctx, params.id),
  }),
});
