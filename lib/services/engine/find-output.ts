import { findOutput } from "@/db/queries/engine/find-run";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";

/** What a run or one of its steps gave back, however long. Of a platform's run there is nothing to see here. */
export async function findRunOutput(ctx: Context, id: string, stepId: string | undefined) {
  requireScope(ctx, "runs:read");
  const found = await read(ctx, (tx) => findOutput(tx.db, tx.tenantId, id, stepId));
  if (!found) throw notFound(stepId === undefined ? "run" : "step");
  return { output: found.output ?? null };
}
