import { Contact, ContactList, ContactQuery, NewContactRequest } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createContact } from "@/lib/services/contacts/create-contact";
import { listContacts } from "@/lib/services/contacts/list-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists contacts, narrowed by all filters together; a search looks at the newest 2,000 hits, so type more to narrow it.",
    needs: "contacts:read",
    gate: caller,
    query: ContactQuery,
    answer: ContactList,
    handle: async ({ ctx, query }) => listContacts(ctx, query),
  }),
  POST: route({
    says: "Creates a contact; nobody is looked up, so use the address by external id to say who may be known already.",
    needs: "contacts:write",
    gate: caller,
    body: NewContactRequest,
    answer: Contact,
    status: 201,
    handle: async ({ ctx, body }) => createContact(ctx, body),
  }),
});
