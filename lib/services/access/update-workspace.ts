import type { z } from "zod";
import { findWorkspace, updateWorkspace as update } from "@/db/queries/access/workspaces";
import type { WorkspaceChanges } from "@/lib/domain/access/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { differences } from "./differences";
import { toWorkspace } from "./find-workspace";

export async function updateWorkspace(ctx: Context, changes: z.output<typeof WorkspaceChanges>) {
  requireScope(ctx, "workspace:write");
  return transaction(ctx, async (tx) => {
    const before = await findWorkspace(tx.db, tx.tenantId);
    if (!before) throw notFound("workspace");
    const { tenantUuid: _, ...wanted } = changes;
    const changed = differences(before, wanted);
    if (!changed) return toWorkspace(before);
    const row = await update(tx.db, tx.tenantId, wanted);
    if (!row) throw notFound("workspace");
    await tx.audit({
      action: "workspace.updated",
      subject: { kind: "workspace", id: tx.tenantId, name: row.name },
      ...changed,
    });
    return toWorkspace(row);
  });
}
