import { z } from "zod";
import { MayContactAnswer, MayContactQuery } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { checkContact } from "@/lib/services/consent/may-contact";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Says whether a contact may be written to, on one channel or on each, and why.",
    needs: "consent:read",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    query: MayContactQuery,
    answer: MayContactAnswer,
    handle: async ({ ctx, params, query }) => checkContact(ctx, params.id, query),
  }),
});
