import { z } from "zod";
import { Merge, MergeRequest } from "@/lib/domain/contacts/merge-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { mergeContacts } from "@/lib/services/contacts/merge-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Merges another contact into this one; the other's id leads here from then on. It can be undone.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    body: MergeRequest,
    answer: Merge,
    handle: async ({ ctx, params, body }) => mergeContacts(ctx, params.id, body),
  }),
});
