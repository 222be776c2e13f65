import { ErasureList } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listQuery } from "@/lib/kernel/wire";
import { listErasures } from "@/lib/services/privacy/list-erasures";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the proofs that people were erased, newest first: counts per table, nobody's name.",
    needs: "privacy:read",
    gate: caller,
    query: listQuery,
    answer: ErasureList,
    handle: async ({ ctx, query }) => listErasures(ctx, query),
  }),
});
