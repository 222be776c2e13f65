import type { findSuppression } from "@/db/queries/consent/suppressions";
import { decideLift } from "@/lib/domain/consent/decide-lift";
import type { Suppression } from "@/lib/domain/consent/shapes";
import type { Context } from "../context";
import { sourceOf } from "./record-consents";

type Row = NonNullable<Awaited<ReturnType<typeof findSuppression>>>;

/** The row as people and programs see it: never its hash, and whether this caller could lift it. */
export function toSuppression(ctx: Pick<Context, "actor">, row: Row): Suppression {
  const { id, channel, reason, scope, scopeKey, source, note, contactId, actorName, createdAt } = row;
  const { liftedAt, liftedBy, liftedBecause } = row;
  const verdict = liftedAt ? null : decideLift(row, sourceOf(ctx.actor));
  return {
    ...{ id, channel, reason, scope, scopeKey, source, note, contactId, actor: actorName, createdAt },
    ...{ liftedAt, liftedBy, liftedBecause },
    liftable: verdict?.kind === "lift",
    whyNotLiftable: verdict?.kind === "refuse" ? verdict.says : null,
  };
}
