import { KeepApartRequest, KeptApart } from "@/lib/domain/contacts/merge-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { keepApart } from "@/lib/services/contacts/keep-apart";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Says that two contacts are two people: they are not suggested as one any more.",
    needs: "contacts:bulk",
    gate: caller,
    body: KeepApartRequest,
    answer: KeptApart,
    handle: async ({ ctx, body }) => keepApart(ctx, body),
  }),
});
