import { Workspace, WorkspaceChanges } from "@/lib/domain/access/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { findWorkspace } from "@/lib/services/access/find-workspace";
import { updateWorkspace } from "@/lib/services/access/update-workspace";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Shows the workspace and its settings.",
    needs: "workspace:read",
    gate: caller,
    answer: Workspace,
    handle: async ({ ctx }) => findWorkspace(ctx),
  }),
  PATCH: route({
    says: "Changes the workspace's settings; fields that are left out stay as they are.",
    needs: "workspace:write",
    gate: caller,
    body: WorkspaceChanges,
    answer: Workspace,
    handle: async ({ ctx, body }) => updateWorkspace(ctx, body),
  }),
});
