import { z } from "zod";
import { Import } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { startImport } from "@/lib/services/imports/start-import";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Starts an import whose columns are mapped. It goes on by itself; a row that fails stops nothing.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.strictObject({ id: wireId("import") }),
    answer: Import,
    handle: async ({ ctx, params: { id } }) => startImport(ctx, id),
  }),
});
