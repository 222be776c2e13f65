import { z } from "zod";
import { PersonExport } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { requestPersonExport } from "@/lib/services/privacy/export-person";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Puts everything that is kept of a person into one file, ready at the exports and gone after a day.",
    needs: "privacy:write",
    gate: caller,
    params: z.object({ id: wireId("contact") }),
    answer: PersonExport,
    status: 202,
    handle: async ({ ctx, params }) => requestPersonExport(ctx, params.id),
  }),
});
