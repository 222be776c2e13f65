import { z } from "zod";
import { DataRequest, DataRequestChanges } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { updateDataRequest } from "@/lib/services/privacy/data-requests";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: route({
    says: "Says whom an open case is about, or adds a note.",
    needs: "privacy:write",
    gate: caller,
    params: z.object({ id: wireId("dataRequest") }),
    body: DataRequestChanges,
    answer: DataRequest,
    handle: async ({ ctx, params, body }) => updateDataRequest(ctx, params.id, body),
  }),
});
