import { Attribute, AttributeList, NewAttributeRequest } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery } from "@/lib/kernel/wire";
import { createAttribute, listAttributes } from "@/lib/services/contacts/attributes";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the custom attributes in the order in which they were declared.",
    needs: "contacts:read",
    gate: caller,
    query: listQuery,
    answer: AttributeList,
    handle: async ({ ctx, query }) => listAttributes(ctx, query),
  }),
  POST: route({
    says: "Declares a custom attribute.",
    needs: "contacts:configure",
    gate: caller,
    body: NewAttributeRequest,
    answer: Attribute,
    status: 201,
    handle: async ({ ctx, body }) => createAttribute(ctx, body),
  }),
});
