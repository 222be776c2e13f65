import { Me, MeChanges } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person, personOrKey } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { describeKey, describePerson, updateMe } from "@/lib/services/access/describe-me";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Tells who is calling: a person with their workspaces, or a key with its scopes.",
    gate: personOrKey,
    answer: Me,
    handle: async ({ ctx }) => ("person" in ctx ? describePerson(ctx, ctx.workspace) : describeKey(ctx)),
  }),
  PATCH: route({
    says: "Changes the signed-in person's own name, language or time zone.",
    gate: person,
    body: MeChanges,
    answer: Me,
    handle: async ({ ctx, body }) => {
      await updateMe(ctx, body);
      return describePerson(ctx, ctx.workspace);
    },
  }),
});
