import { z } from "zod";
import { CreatedWorkspace, NewWorkspaceRequest, WorkspaceRef } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { person, personOrPlatform } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { foundWorkspace } from "@/lib/services/access/found-workspace";
import { listWorkspaces } from "@/lib/services/access/list-workspaces";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists the workspaces that the signed-in person belongs to.",
    gate: person,
    answer: z.strictObject({ items: z.array(WorkspaceRef), nextCursor: z.null() }),
    handle: async ({ ctx }) => listWorkspaces(ctx),
  }),
  POST: route({
    says: "Creates a workspace: a person becomes its owner; a platform key may bring its own tenant_uuid.",
    needs: "tenants:write",
    gate: personOrPlatform,
    body: NewWorkspaceRequest,
    answer: CreatedWorkspace,
    status: 201,
    handle: async ({ ctx, body }) => foundWorkspace(ctx, body),
  }),
});
