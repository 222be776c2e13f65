import type { z } from "zod";
import { loadReachable, resolveContact } from "@/db/queries/consent/load-reachable";
import { insertSuppressions, loadActiveSuppressions, type NewSuppression } from "@/db/queries/consent/suppressions";
import { findTopic } from "@/db/queries/consent/topics";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import { reasonLabels } from "@/lib/domain/consent/labels";
import type { SuppressAnswer, SuppressRequest } from "@/lib/domain/consent/shapes";
import type { ConsentSource, SuppressionReason, SuppressionScope } from "@/lib/domain/consent/vocabulary";
import { invalid, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { requirePepper } from "./keep-pepper";
import { addressesOf, hashesOf, hashTyped, type Reachable } from "./reachable";
import { sourceOf } from "./record-consents";
import { toSuppression } from "./to-suppression";

/** Puts an address on the list: of a person here, or typed by hand. What stands there already stays as it is. */
export async function suppress(ctx: Context, request: SuppressRequest): Promise<z.output<typeof SuppressAnswer>> {
  requireScope(ctx, "consent:write");
  return transaction(ctx, async (tx) => {
    const scope = request.scope ?? widestOf(request);
    const target = await targetOf(tx, request);
    const added = await addSuppressions(tx, target.hashes, {
      channel: scope === "global" ? "*" : request.channel,
      reason: request.reason,
      scope,
      scopeKey: await scopeKeyOf(tx, scope, request),
      contactId: target.contactId,
      note: request.note ?? null,
    });
    const items = await loadActiveSuppressions(tx.db, tx.tenantId, target.hashes);
    return { items: items.map((row) => toSuppression(tx, row)), added };
  });
}

/** Where nobody says how far it reaches, it reaches as far as what was named. */
function widestOf({ topicId, sender, channel }: SuppressRequest): SuppressionScope {
  if (topicId) return "topic";
  if (sender) return "sender";
  return channel === "*" ? "global" : "workspace";
}

async function targetOf(tx: Tx, request: SuppressRequest): Promise<{ hashes: string[]; contactId: string | null }> {
  const { contactId: named, address, channel } = request;
  if ((named === undefined) === (address === undefined)) {
    throw invalid("/address", "Name either a contact or an address.");
  }
  if (address !== undefined) return { hashes: hashTyped(tx, address, channel), contactId: null };
  const id = await resolveContact(tx.db, tx.tenantId, named as string);
  if (!id) throw notFound("contact");
  const person = await loadPerson(tx, id);
  const hashes = channel === "*" ? hashesOf(person) : (addressesOf(tx, person)[channel] ?? []).map((each) => each.hash);
  if (hashes.length === 0)
    throw invalid("/channel", "This person has no address there, so there is nothing to suppress.");
  return { hashes, contactId: id };
}

export async function loadPerson(tx: Tx, contactId: string): Promise<Reachable> {
  const { people, accounts } = await loadReachable(tx.db, tx.tenantId, [contactId]);
  const person = people[0];
  if (!person) throw notFound("contact");
  return { ...person, accounts };
}

async function scopeKeyOf(tx: Tx, scope: SuppressionScope, request: SuppressRequest): Promise<string> {
  if (scope === "topic") {
    if (!request.topicId) throw invalid("/topic_id", "Name the topic that is to stop.");
    if (!(await findTopic(tx.db, tx.tenantId, request.topicId))) throw invalid("/topic_id", "There is no such topic.");
    return request.topicId;
  }
  if (scope === "sender") {
    if (!request.sender) throw invalid("/sender", "Name the sender whose messages are to stop.");
    return request.sender;
  }
  return "";
}

export type SuppressionFacts = {
  channel: Channel | "*";
  reason: SuppressionReason;
  scope: SuppressionScope;
  scopeKey?: string;
  source?: ConsentSource;
  contactId: string | null;
  note?: string | null;
};

/** For verbs that know the hashes: an unsubscribe, an erasure, a bounce. Answers how many are new. */
export async function addSuppressions(tx: Tx, hashes: readonly string[], facts: SuppressionFacts): Promise<number> {
  if (hashes.length === 0) return 0;
  await requirePepper(tx);
  const now = tx.now();
  const rows = await insertSuppressions(
    tx.db,
    tx.tenantId,
    hashes.map(
      (addressHash): NewSuppression => ({
        id: uuidv7(now.getTime()),
        addressHash,
        channel: facts.channel,
        reason: facts.reason,
        scope: facts.scope,
        scopeKey: facts.scopeKey ?? "",
        source: facts.source ?? sourceOf(tx.actor),
        note: facts.note ?? null,
        contactId: facts.contactId,
        actorName: tx.actor.name,
        createdAt: now,
      }),
    ),
  );
  for (const row of rows) {
    await tx.audit({
      action: "suppression.added",
      subject: { kind: "suppression", id: row.id, name: reasonLabels[row.reason].label },
      after: { reason: row.reason, scope: row.scope, channel: row.channel },
    });
  }
  return rows.length;
}
