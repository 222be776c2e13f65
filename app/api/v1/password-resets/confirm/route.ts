import { PasswordReset } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { visitor } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { resetPassword } from "@/lib/services/access/reset-password";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Sets a new password from the mailed link and ends every session.",
    gate: visitor,
    body: PasswordReset,
    answer: "nothing",
    handle: async ({ ctx, body }) => resetPassword(ctx, body),
  }),
});
