import { z } from "zod";
import { BulkChange } from "@/lib/domain/contacts/bulk-shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findChange } from "@/lib/services/contacts/change-contacts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows how far a change of many contacts is.",
    needs: "contacts:read",
    gate: caller,
    params: z.object({ id: wireId("bulkChange") }),
    answer: BulkChange,
    handle: async ({ ctx, params }) => findChange(ctx, params.id),
  }),
});
