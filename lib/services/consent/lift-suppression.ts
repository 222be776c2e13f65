import { findSuppression, liftSuppressions } from "@/db/queries/consent/suppressions";
import { decideLift } from "@/lib/domain/consent/decide-lift";
import { reasonLabels } from "@/lib/domain/consent/labels";
import type { Suppression } from "@/lib/domain/consent/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { type Context, requireScope, transaction } from "../context";
import { sourceOf } from "./record-consents";
import { toSuppression } from "./to-suppression";

/** Lifts what the rules let this caller lift. Who did it and why stands with the row for good. */
export async function liftSuppression(ctx: Context, id: string, because: string): Promise<Suppression> {
  requireScope(ctx, "consent:lift");
  return transaction(ctx, async (tx) => {
    const row = await findSuppression(tx.db, tx.tenantId, id);
    if (!row) throw notFound("suppression");
    if (row.liftedAt) throw new AppError("conflict", "This was lifted already.", { reason: "already_lifted" });
    const verdict = decideLift(row, sourceOf(tx.actor));
    if (verdict.kind === "refuse") throw new AppError("conflict", verdict.says, { reason: verdict.because });
    const [lifted] = await liftSuppressions(tx.db, tx.tenantId, [id], { at: tx.now(), by: tx.actor.name, because });
    if (!lifted) throw new AppError("conflict", "This was lifted already.", { reason: "already_lifted" });
    await tx.audit({
      action: "suppression.lifted",
      subject: { kind: "suppression", id, name: reasonLabels[row.reason].label },
      before: { reason: row.reason, scope: row.scope, channel: row.channel },
      // Why stands with the row, where an erasure reaches it: those are a colleague's own words.
      after: { state: "lifted" },
    });
    return toSuppression(tx, lifted);
  });
}
