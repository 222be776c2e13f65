import { CodeRequest, RecoveryCodes } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { confirmSecondFactor } from "@/lib/services/access/second-factor";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Turns the second factor on and answers the recovery codes, this once.",
    gate: person,
    body: CodeRequest,
    answer: RecoveryCodes,
    handle: async ({ ctx, body }) => confirmSecondFactor(ctx, body.code),
  }),
});
