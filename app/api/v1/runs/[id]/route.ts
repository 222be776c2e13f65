import { z } from "zod";
import { RunDetail } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findRun } from "@/lib/services/engine/find-run";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Answers a run with its steps, its events and the runs it belongs to.",
    needs: "runs:read",
    gate: caller,
    params: z.object({ id: wireId("run") }),
    answer: RunDetail,
    handle: async ({ ctx, params }) => findRun(ctx, params.id),
  }),
});
