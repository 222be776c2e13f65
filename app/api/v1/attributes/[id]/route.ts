import { z } from "zod";
import { Attribute, AttributeChanges } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { deleteAttribute, updateAttribute } from "@/lib/services/contacts/attributes";

const params = z.object({ id: wireId("attribute") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Changes an attribute's label, and its type while no contact has a value.",
    needs: "contacts:configure",
    gate: caller,
    params,
    body: AttributeChanges,
    answer: Attribute,
    handle: async ({ ctx, params, body }) => updateAttribute(ctx, params.id, body),
  }),
  DELETE: route({
    says: "Deletes an attribute with every value that contacts have of it.",
    needs: "contacts:configure",
    gate: caller,
    params,
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params }) => deleteAttribute(ctx, params.id),
  }),
});
