import { z } from "zod";
import { Import } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { requestUndo } from "@/lib/services/imports/request-undo";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Takes an import back: whom it made goes, whom it changed is given back, and what somebody changed since stays.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.strictObject({ id: wireId("import") }),
    answer: Import,
    handle: async ({ ctx, params: { id } }) => requestUndo(ctx, id),
  }),
});
