import { z } from "zod";
import { RunDetail } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { cancelRun } from "@/lib/services/engine/cancel-run";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Cancels a run that is still going. What it has done stays done.",
    needs: "runs:write",
    gate: caller,
    params: z.object({ id: wireId("run") }),
    answer: RunDetail,
    handle: async ({ ctx, params }) => cancelRun(ctx, params.id),
  }),
});
