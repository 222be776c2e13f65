import { z } from "zod";
import { Import } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { cancelImport } from "@/lib/services/imports/cancel-import";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Stops an import after the piece that is being written. What is in stays, and can be taken back.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.strictObject({ id: wireId("import") }),
    answer: Import,
    handle: async ({ ctx, params: { id } }) => cancelImport(ctx, id),
  }),
});
