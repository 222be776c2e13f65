import { Reproof } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { provePerson } from "@/lib/services/access/prove-person";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Confirms that it is still the same person, by password or by a code, for what needs a fresh proof.",
    gate: person,
    body: Reproof,
    answer: "nothing",
    handle: async ({ ctx, body }) => provePerson(ctx, body),
  }),
});
