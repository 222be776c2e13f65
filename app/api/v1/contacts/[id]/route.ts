import { z } from "zod";
import { Contact, ContactChanges } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { deleteContact } from "@/lib/services/contacts/delete-contact";
import { findContact } from "@/lib/services/contacts/find-contact";
import { updateContact } from "@/lib/services/contacts/update-contact";

const params = z.object({ id: wireId("contact") });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows a contact; an id that was merged away finds the contact that stayed.",
    needs: "contacts:read",
    gate: caller,
    params,
    answer: Contact,
    handle: async ({ ctx, params }) => findContact(ctx, params.id),
  }),
  PATCH: route({
    says: "Changes what is said of a contact: absent leaves as it is, null takes away, tags are all that it has.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: ContactChanges,
    answer: Contact,
    handle: async ({ ctx, params, body }) => updateContact(ctx, params.id, body),
  }),
  DELETE: route({
    says: "Deletes a contact with all that is known of it; what stops its addresses stays.",
    needs: "contacts:bulk",
    gate: caller,
    params,
    answer: "nothing",
    status: 204,
    handle: async ({ ctx, params }) => deleteContact(ctx, params.id),
  }),
});
