import { ProcessingRecord } from "@/lib/domain/privacy/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { describeProcessing } from "@/lib/services/privacy/processing-record";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Says what is kept of people, why, how long and who else sees it, table by table.",
    needs: "privacy:read",
    gate: caller,
    answer: ProcessingRecord,
    handle: async ({ ctx }) => describeProcessing(ctx),
  }),
});
