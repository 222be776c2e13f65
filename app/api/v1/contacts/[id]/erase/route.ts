import { z } from "zod";
import { ErasePersonRequest, Erasure } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { erasePerson } from "@/lib/services/privacy/erase-person";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Erases a person for good. Their addresses stay as hashes, so that no import brings them back; a proof stays too.",
    needs: "privacy:write",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    body: ErasePersonRequest,
    answer: Erasure,
    handle: async ({ ctx, params, body }) => erasePerson(ctx, params.id, body),
  }),
});
