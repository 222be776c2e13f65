import { z } from "zod";
import { BulkChange } from "@/lib/domain/contacts/bulk-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { undoChange } from "@/lib/services/contacts/undo-change";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Takes a change of many contacts back; what others changed since stays as they left it.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.object({ id: wireId("bulkChange") }),
    answer: BulkChange,
    handle: async ({ ctx, params }) => undoChange(ctx, params.id),
  }),
});
