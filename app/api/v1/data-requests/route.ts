import { DataRequest, DataRequestList, DataRequestQuery, NewDataRequest } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listDataRequests, openDataRequest } from "@/lib/services/privacy/data-requests";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists what people asked of their own data, newest first, each with its thirty-day clock.",
    needs: "privacy:read",
    gate: caller,
    query: DataRequestQuery,
    answer: DataRequestList,
    handle: async ({ ctx, query }) => listDataRequests(ctx, query),
  }),
  POST: route({
    says: "Opens a case; its clock runs from the day on which the person asked.",
    needs: "privacy:write",
    gate: caller,
    body: NewDataRequest,
    answer: DataRequest,
    status: 201,
    handle: async ({ ctx, body }) => openDataRequest(ctx, body),
  }),
});
