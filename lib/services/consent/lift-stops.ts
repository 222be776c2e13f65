import { insertSuppressions, liftSuppressions } from "@/db/queries/consent/suppressions";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Tx } from "../context";
import type { Stop } from "./reachable";

/** Channels that share one address. */
const shared: readonly Channel[] = ["sms", "whatsapp"];

/**
 * A yes on one channel, by the person or where a no was our own mistake. What stopped the address as a whole is lifted, and stays where it was for the
 * other channels that use the same address: nobody agreed to those.
 */
export async function liftStops(
  tx: Tx,
  agreed: { channel: Channel; together: readonly Channel[] },
  stops: readonly Stop[],
  { because }: { because: string },
): Promise<void> {
  const now = tx.now();
  const lifted = await liftSuppressions(
    tx.db,
    tx.tenantId,
    stops.map((stop) => stop.id),
    { at: now, by: tx.actor.name, because },
  );
  const others = shared.includes(agreed.channel) ? shared.filter((each) => !agreed.together.includes(each)) : [];
  const kept = lifted
    .filter((row) => row.scope === "global" || row.channel === "*")
    .flatMap((row) => others.map((other) => ({ ...row, channel: other, scope: "workspace" as const })));
  await insertSuppressions(
    tx.db,
    tx.tenantId,
    kept.map(({ addressHash, channel: on, reason, scope, source, note, contactId, actorName }) => ({
      ...{ id: uuidv7(now.getTime()), addressHash, channel: on, reason, scope, scopeKey: "" },
      ...{ source, note, contactId, actorName, createdAt: now },
    })),
  );
  for (const row of lifted) {
    await tx.audit({
      action: "suppression.lifted",
      subject: { kind: "suppression", id: row.id, name: "Suppression" },
      before: { reason: row.reason, scope: row.scope, channel: row.channel },
      after: { because },
    });
  }
}
