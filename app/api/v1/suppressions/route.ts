import { SuppressAnswer, SuppressionList, SuppressionQuery, SuppressRequest } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listSuppressions } from "@/lib/services/consent/list-suppressions";
import { suppress } from "@/lib/services/consent/suppress";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists suppressions, newest first: reasons, scopes and days, never an address.",
    needs: "consent:read",
    gate: caller,
    query: SuppressionQuery,
    answer: SuppressionList,
    handle: async ({ ctx, query }) => listSuppressions(ctx, query),
  }),
  POST: route({
    says: "Suppresses an address, or those of a contact: nothing is sent there, whoever asks. Doing it twice changes nothing.",
    needs: "consent:write",
    gate: caller,
    body: SuppressRequest,
    answer: SuppressAnswer,
    handle: async ({ ctx, body }) => suppress(ctx, body),
  }),
});
