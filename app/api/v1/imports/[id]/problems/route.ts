import { z } from "zod";
import { ImportProblemList } from "@/lib/domain/imports/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery, wireId } from "@/lib/kernel/wire";
import { listProblems } from "@/lib/services/imports/list-problems";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the rows that could not be taken in, each with its reason. At most 10,000 are kept; `missing` counts the others.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.strictObject({ id: wireId("import") }),
    query: listQuery,
    answer: ImportProblemList,
    handle: async ({ ctx, params: { id }, query }) => listProblems(ctx, id, query),
  }),
});
