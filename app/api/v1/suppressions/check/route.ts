import { CheckAddressAnswer, CheckAddressRequest } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { checkAddress } from "@/lib/services/consent/list-suppressions";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Says whether an address is suppressed. It travels in the body and is kept nowhere.",
    needs: "consent:read",
    gate: caller,
    body: CheckAddressRequest,
    answer: CheckAddressAnswer,
    handle: async ({ ctx, body }) => checkAddress(ctx, body),
  }),
});
