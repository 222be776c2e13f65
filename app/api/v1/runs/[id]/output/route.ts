import { z } from "zod";
import { OutputQuery, RunOutput } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { findRunOutput } from "@/lib/services/engine/find-output";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Answers in full what a run, or one of its steps, gave back.",
    needs: "runs:read",
    gate: caller,
    params: z.object({ id: wireId("run") }),
    query: OutputQuery,
    answer: RunOutput,
    handle: async ({ ctx, params, query }) => findRunOutput(ctx, params.id, query.step),
  }),
});
