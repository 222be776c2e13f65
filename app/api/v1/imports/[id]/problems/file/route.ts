import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { wireId } from "@/lib/kernel/wire";
import { exportProblems } from "@/lib/services/imports/list-problems";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "The rows that could not be taken in as CSV: their own cells, the row's number and the problem.",
    needs: "contacts:bulk",
    gate: caller,
    params: z.strictObject({ id: wireId("import") }),
    answer: "csv",
    handle: async ({ ctx, params: { id } }) => exportProblems(ctx, id),
  }),
});
