import { cancelRuns } from "@/db/queries/engine/end-runs";
import { findRunRow } from "@/db/queries/engine/find-run";
import { functionWords } from "@/lib/domain/engine/describe-function";
import { runLabels } from "@/lib/domain/engine/labels";
import type { RunDetail } from "@/lib/domain/engine/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { loadRun } from "./find-run";

/** Ends a run that is still going: nothing of it begins any more, and what is under way may no longer write. */
export async function cancelRun(ctx: Context, id: string): Promise<RunDetail> {
  requireScope(ctx, "runs:write");
  return transaction(ctx, async (tx) => {
    const before = await findRunRow(tx.db, tx.tenantId, id);
    if (!before) throw notFound("run");
    const ended = await cancelRuns(tx.db, tx.tenantId, [id], "cancelled_by_person");
    const after = await findRunRow(tx.db, tx.tenantId, id);
    if (!after) throw notFound("run");
    if (ended.length === 0) {
      throw new AppError("conflict", `This run has ended already: ${runLabels[after.status].label.toLowerCase()}.`, {
        reason: "run_has_ended",
        facts: { status: after.status },
      });
    }
    // Who waits for its end, or for its place, goes on.
    tx.wakeEngine();
    const run = await loadRun(tx, after);
    await tx.audit({
      action: "run.cancelled",
      subject: { kind: "run", id, name: functionWords(before.functionId, before.functionName) },
      before: { status: before.status },
      after: { status: after.status },
    });
    return run;
  });
}
