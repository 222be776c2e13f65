import { MailAnswer, MailRequest } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { visitor } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { requestMailedLink } from "@/lib/services/access/request-mailed-link";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Mails a link to choose a new password, if the address is known. The answer does not say.",
    gate: visitor,
    body: MailRequest,
    answer: MailAnswer,
    handle: async ({ ctx, body }) => requestMailedLink(ctx, "reset_password", body.email),
  }),
});
