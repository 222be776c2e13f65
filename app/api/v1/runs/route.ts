import { RunList, RunQuery } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listRuns } from "@/lib/services/engine/list-runs";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the runs of functions, newest first: what each is about, how it went, and what it waits for.",
    needs: "runs:read",
    gate: caller,
    query: RunQuery,
    answer: RunList,
    handle: async ({ ctx, query }) => listRuns(ctx, query),
  }),
});
