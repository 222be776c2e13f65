import { z } from "zod";
import { Export } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findExport } from "@/lib/services/imports/list-exports";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows one export: how far it is, and until when its file is kept.",
    needs: "contacts:export",
    gate: caller,
    params: z.strictObject({ id: wireId("export") }),
    answer: Export,
    handle: async ({ ctx, params: { id } }) => findExport(ctx, id),
  }),
});
