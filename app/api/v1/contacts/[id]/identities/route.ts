import { z } from "zod";
import { Identity, IdentityList, NewIdentityRequest } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery, wireId } from "@/lib/kernel/wire";
import { addIdentity, listIdentities } from "@/lib/services/contacts/identities";

const params = z.object({ id: wireId("contact") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the accounts of a contact at channels, in the order in which they were learned.",
    needs: "contacts:read",
    gate: caller,
    params,
    query: listQuery,
    answer: IdentityList,
    handle: async ({ ctx, params, query }) => listIdentities(ctx, params.id, query),
  }),
  POST: route({
    says: "Adds an account to a contact; an account belongs to one person.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: NewIdentityRequest,
    answer: Identity,
    status: 201,
    handle: async ({ ctx, params, body }) => addIdentity(ctx, params.id, body),
  }),
});
