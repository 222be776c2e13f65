import { loadReachable } from "@/db/queries/consent/load-reachable";
import { insertSuppressions, type NewSuppression } from "@/db/queries/consent/suppressions";
import type { Channel, Purpose } from "@/lib/domain/channels/vocabulary";
import { allMarketing, type ConsentSource, noTopic } from "@/lib/domain/consent/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Tx } from "../context";
import { grouped } from "./grouped";
import { requirePepper } from "./keep-pepper";
import { addressesOf, type Reachable } from "./reachable";

type Refusal = {
  contactId: string;
  channel: Channel;
  purpose: Purpose;
  topicId: string;
  source: ConsentSource;
  at: Date;
};
type Facts = Awaited<ReturnType<typeof loadReachable>>;

/**
 * A ledger belongs to one contact and goes with it; an address may be known under two of them, and comes back with the next
 * file. So every no to marketing stands on the list of addresses as well. No to receipts stays where it was said.
 */
export async function keepRefusals(tx: Tx, refusals: readonly Refusal[]): Promise<void> {
  const ids = [...new Set(refusals.map(({ contactId }) => contactId))];
  if (ids.length > 0) await listAddresses(tx, await loadReachable(tx.db, tx.tenantId, ids), refusals);
}

/** All that these people refuse, under the addresses that they have now. */
export async function keepRefusalsOf(tx: Tx, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const facts = await loadReachable(tx.db, tx.tenantId, contactIds);
  await listAddresses(
    tx,
    facts,
    facts.said.filter((line) => line.state === "denied"),
  );
}

async function listAddresses(tx: Tx, facts: Facts, refusals: readonly Refusal[]): Promise<void> {
  const accounts = grouped(facts.accounts, (account) => account.contactId);
  const people = new Map(facts.people.map((person) => [person.id, person]));
  const rows = refusals.flatMap(({ contactId, channel, purpose, topicId, source, at }): NewSuppression[] => {
    const person = people.get(contactId);
    if (!person || purpose !== "marketing") return [];
    const own: Reachable = { ...person, accounts: accounts.get(contactId) ?? [] };
    return (addressesOf(tx, own)[channel] ?? []).map(({ hash }) => ({
      ...{ id: uuidv7(tx.now().getTime()), addressHash: hash, channel, reason: "opt_out", scope: "topic" },
      scopeKey: topicId === noTopic ? allMarketing : topicId,
      ...{ source, note: null, contactId, actorName: tx.actor.name, createdAt: at },
    }));
  });
  if (rows.length === 0) return;
  await requirePepper(tx);
  await insertSuppressions(tx.db, tx.tenantId, rows);
}
