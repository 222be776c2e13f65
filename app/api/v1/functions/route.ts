import { engineMode } from "@/lib/domain/engine/engine-mode";
import { EngineFunctionList } from "@/lib/domain/engine/shapes";
import { env } from "@/lib/env";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listEngineFunctions } from "@/lib/services/engine/list-functions";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the functions that run in the background: what starts each, its limits, and how it went in the last day.",
    needs: "runs:read",
    gate: caller,
    answer: EngineFunctionList,
    handle: async ({ ctx }) => listEngineFunctions(ctx, engineMode(env)),
  }),
});
