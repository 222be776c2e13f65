import { z } from "zod";
import { Contact, ContactChanges } from "@/lib/domain/contacts/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { Made, route } from "@/lib/http/route";
import { wireLine } from "@/lib/kernel/wire";
import { findContactByExternalId } from "@/lib/services/contacts/find-contact";
import { upsertContact } from "@/lib/services/contacts/upsert-contact";

const params = z.object({ externalId: wireLine(200) });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows the contact with this external id; one that was merged away finds the contact that stayed.",
    needs: "contacts:read",
    gate: caller,
    params,
    answer: Contact,
    handle: async ({ ctx, params }) => findContactByExternalId(ctx, params.externalId),
  }),
  PUT: route({
    says: "Creates or changes the contact with this external id; the tags come to those that are there.",
    needs: "contacts:write",
    gate: caller,
    params,
    body: ContactChanges.omit({ externalId: true }),
    answer: Contact,
    handle: async ({ ctx, params, body }) => {
      const { isNew, contact } = await upsertContact(ctx, params.externalId, body);
      return isNew ? new Made(contact) : contact;
    },
  }),
});
