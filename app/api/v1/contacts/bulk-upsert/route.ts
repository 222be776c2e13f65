import { BulkUpsertAnswer, BulkUpsertRequest } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { upsertContacts } from "@/lib/services/contacts/upsert-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Creates or changes up to 1,000 contacts, known by external id, else e-mail address, else phone; rows at fault say why and stop no other.",
    needs: "contacts:write",
    gate: caller,
    body: BulkUpsertRequest,
    bodyLimit: 16 * 1024 * 1024,
    answer: BulkUpsertAnswer,
    handle: async ({ ctx, body }) => upsertContacts(ctx, body),
  }),
});
