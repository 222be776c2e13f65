import { RunSummary } from "@/lib/domain/engine/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { summariseRuns } from "@/lib/services/engine/summarise-runs";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Counts what runs are doing now, and what ended in each of the last 24 hours.",
    needs: "runs:read",
    gate: caller,
    answer: RunSummary,
    handle: async ({ ctx }) => summariseRuns(ctx),
  }),
});
