import { z } from "zod";
import { CloseDataRequest, DataRequest } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { closeDataRequest } from "@/lib/services/privacy/data-requests";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Closes a case with what was done or why not. To call an erasure done is to erase the person.",
    needs: "privacy:write",
    gate: caller,
    params: z.object({ id: wireId("dataRequest") }),
    body: CloseDataRequest,
    answer: DataRequest,
    handle: async ({ ctx, params, body }) => closeDataRequest(ctx, params.id, body),
  }),
});
