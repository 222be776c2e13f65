import { z } from "zod";
import { Merge } from "@/lib/domain/contacts/merge-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { unmergeContacts } from "@/lib/services/contacts/unmerge-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Undoes a merge: the contact that went comes back with all that was its own.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.object({ id: wireId("merge") }),
    answer: Merge,
    handle: async ({ ctx, params }) => unmergeContacts(ctx, params.id),
  }),
});
