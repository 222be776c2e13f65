import { permissions } from "@/lib/domain/access/permissions";
import { ScopeList } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { personOrKey } from "@/lib/http/gates";
import { route } from "@/lib/http/route";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists every scope: what it allows, and which roles have it.",
    gate: personOrKey,
    answer: ScopeList,
    handle: async () => ({
      items: Object.entries(permissions).map(([scope, { says, roles }]) => ({ scope, says, roles: [...roles] })),
      nextCursor: null,
    }),
  }),
});
