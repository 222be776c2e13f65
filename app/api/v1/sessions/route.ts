import { Revoked, SessionList } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { listSessions, revokeOtherSessions } from "@/lib/services/access/sessions";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists where the person is signed in.",
    gate: person,
    answer: SessionList,
    handle: async ({ ctx }) => listSessions(ctx),
  }),
  DELETE: route({
    says: "Ends all of the person's sessions but this one.",
    gate: person,
    answer: Revoked,
    handle: async ({ ctx }) => revokeOtherSessions(ctx),
  }),
});
