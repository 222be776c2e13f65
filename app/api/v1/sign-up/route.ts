import { MailAnswer, SignUpRequest } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { visitor } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { requestSignUp } from "@/lib/services/access/request-sign-up";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Asks for an account. The answer is the same whether or not the address is known.",
    gate: visitor,
    body: SignUpRequest,
    answer: MailAnswer,
    handle: async ({ ctx, body }) => requestSignUp(ctx, body),
  }),
});
