import type { Metadata } from "next";
import { workspaceQuery } from "@/lib/client/access";
import { Workspace } from "@/lib/domain/access/shapes";
import { findWorkspace } from "@/lib/services/access/find-workspace";
import { inside } from "../../_parts/inside";
import { asSent, Prefetched } from "../../_parts/prefetched";
import { WorkspaceSettings } from "./client";

export const metadata: Metadata = { title: "Workspace settings" };

export default async function WorkspaceSettingsPage() {
  const { ctx } = await inside();
  const workspace = await findWorkspace(ctx);
  return (
    <Prefetched entries={[[workspaceQuery(ctx.tenantId).queryKey, asSent(Workspace, workspace)]]}>
      <WorkspaceSettings />
    </Prefetched>
  );
}
