import { ActiveWorkspace } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { switchWorkspace } from "@/lib/services/access/sessions";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: route({
    says: "Chooses the workspace that this session opens with.",
    gate: person,
    body: ActiveWorkspace,
    answer: "nothing",
    handle: async ({ ctx, body }) => switchWorkspace(ctx, body.tenantUuid),
  }),
});
