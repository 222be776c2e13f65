import { PasswordChange, Revoked } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { changePassword } from "@/lib/services/access/change-password";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Changes or sets the password and ends all other sessions.",
    gate: person,
    body: PasswordChange,
    answer: Revoked,
    handle: async ({ ctx, body }) => changePassword(ctx, body),
  }),
});
