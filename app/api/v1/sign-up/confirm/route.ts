import { ConfirmedSignUp, ConfirmSignUpRequest } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { visitor } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { confirmSignUp } from "@/lib/services/access/confirm-sign-up";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Makes the account and its workspace from the mailed link, with the password that its holder chooses.",
    gate: visitor,
    body: ConfirmSignUpRequest,
    answer: ConfirmedSignUp,
    handle: async ({ ctx, body }) => confirmSignUp(ctx, body),
  }),
});
