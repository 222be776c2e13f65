import { findWorkspace as findRow } from "@/db/queries/access/workspaces";
import type { Workspace } from "@/lib/domain/access/shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>;

export function toWorkspace(row: Row): Workspace {
  const { tenantId, metadata, ...rest } = row;
  return { ...rest, tenantUuid: tenantId, metadata: (metadata ?? null) as Workspace["metadata"] };
}

export async function findWorkspace(ctx: Context): Promise<Workspace> {
  requireScope(ctx, "workspace:read");
  return read(ctx, async (tx) => {
    const row = await findRow(tx.db, tx.tenantId);
    if (!row) throw notFound("workspace");
    return toWorkspace(row);
  });
}
