import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { downloadExport } from "@/lib/services/imports/export-files";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "The file of an export that is ready. Every download leaves a line in the audit log.",
    needs: "contacts:export",
    gate: caller,
    params: z.strictObject({ id: wireId("export") }),
    answer: "file",
    handle: async ({ ctx, params: { id } }) => downloadExport(ctx, id),
  }),
});
