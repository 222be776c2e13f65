import { z } from "zod";
import { ImportChanges, ImportPreview } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { previewImport } from "@/lib/services/imports/preview-import";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Shows the first 20 rows as they would be written, and what is wrong in the first 2,000. Writes nothing.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.strictObject({ id: wireId("import") }),
    body: ImportChanges,
    answer: ImportPreview,
    handle: async ({ ctx, params: { id }, body }) => previewImport(ctx, id, body),
  }),
});
