import { findRunRow, listKin } from "@/db/queries/engine/find-run";
import { replayRun as insertReplay } from "@/db/queries/engine/replay-run";
import { functionWords } from "@/lib/domain/engine/describe-function";
import type { RunDetail } from "@/lib/domain/engine/shapes";
import type { ReplayStart } from "@/lib/domain/engine/vocabulary";
import { AppError, notFound } from "@/lib/kernel/errors";
import { toWireId } from "@/lib/kernel/ids";
import { type Context, requireScope, transaction } from "../context";
import { loadRun } from "./find-run";
import { isOpen } from "./to-run";

/** Begins a new run with the same events: from where the old one stopped, or from nothing. Answers the new one. */
export async function replayRun(ctx: Context, id: string, from: ReplayStart): Promise<RunDetail> {
  requireScope(ctx, "runs:write");
  return transaction(ctx, async (tx) => {
    const old = await findRunRow(tx.db, tx.tenantId, id);
    if (!old) throw notFound("run");
    const newId = await insertReplay(tx.db, tx.tenantId, id, from, tx.now());
    if (newId === null) {
      const now = await findRunRow(tx.db, tx.tenantId, id);
      if (now && isOpen(now))
        throw new AppError("conflict", "This run is still going. Cancel it before it is replayed.", {
          reason: "run_is_going",
        });
      const replay = (await listKin(tx.db, tx.tenantId, old, false)).find((run) => run.replayOf === id && isOpen(run));
      throw new AppError("conflict", "This run is being replayed already.", {
        reason: "replay_is_going",
        ...(replay ? { facts: { run_id: toWireId("run", replay.id) } } : {}),
      });
    }
    tx.wakeEngine();
    const made = await findRunRow(tx.db, tx.tenantId, newId);
    if (!made) throw new Error("The replay was not written.");
    const run = await loadRun(tx, made);
    await tx.audit({
      action: "run.replayed",
      subject: { kind: "run", id, name: functionWords(old.functionId, old.functionName) },
      after: { from, replay: toWireId("run", newId) },
    });
    return run;
  });
}
