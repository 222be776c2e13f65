import { BulkChange, BulkChangeList, BulkRequest } from "@/lib/domain/contacts/bulk-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery } from "@/lib/kernel/wire";
import { changeContacts, listChanges } from "@/lib/services/contacts/change-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the changes of many contacts with their progress, newest first.",
    needs: "contacts:read",
    gate: caller,
    query: listQuery,
    answer: BulkChangeList,
    handle: async ({ ctx, query }) => listChanges(ctx, query),
  }),
  POST: route({
    says: "Changes many contacts at once, by their ids or by a filter. Up to 200 are done with the answer, more go on behind it.",
    needs: "contacts:bulk",
    gate: caller,
    body: BulkRequest,
    answer: BulkChange,
    status: 201,
    handle: async ({ ctx, body }) => changeContacts(ctx, body),
  }),
});
