import { z } from "zod";
import { ReplayRequest, RunDetail } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { replayRun } from "@/lib/services/engine/replay-run";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Begins a new run with the events of one that has ended, and answers the new one.",
    needs: "runs:write",
    gate: caller,
    params: z.object({ id: wireId("run") }),
    body: ReplayRequest,
    answer: RunDetail,
    handle: async ({ ctx, params, body }) => replayRun(ctx, params.id, body.from),
  }),
});
