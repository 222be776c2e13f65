import { loadReachable } from "@/db/queries/consent/load-reachable";
import { insertSuppressions, type NewSuppression } from "@/db/queries/consent/suppressions";
import { allMarketing, noTopic } from "@/lib/domain/consent/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Tx } from "../context";
import { grouped } from "./grouped";
import { requirePepper } from "./keep-pepper";
import { addressesOf, type Reachable } from "./reachable";

/**
 * The ledger goes with its person, and a no that a colleague or a program took down stands nowhere else: deleted and brought
 * in again, they would be asked as if they had never said it. So it goes onto the list of addresses, which stays.
 */
export async function keepRefusals(tx: Tx, contactIds: readonly string[]): Promise<void> {
  const facts = await loadReachable(tx.db, tx.tenantId, contactIds);
  const accounts = grouped(facts.accounts, (account) => account.contactId);
  const people = new Map(facts.people.map((person) => [person.id, person]));
  const rows = facts.said
    .filter((line) => line.state === "denied" && line.purpose === "marketing")
    .flatMap((line): NewSuppression[] => {
      const person = people.get(line.contactId);
      if (!person) return [];
      const own: Reachable = { ...person, accounts: accounts.get(person.id) ?? [] };
      return (addressesOf(tx, own)[line.channel] ?? []).map(({ hash }) => ({
        ...{
          id: uuidv7(tx.now().getTime()),
          addressHash: hash,
          channel: line.channel,
          reason: "opt_out",
          scope: "topic",
        },
        scopeKey: line.topicId === noTopic ? allMarketing : line.topicId,
        ...{ source: line.source, note: null, contactId: null, actorName: tx.actor.name, createdAt: line.at },
      }));
    });
  if (rows.length === 0) return;
  await requirePepper(tx);
  await insertSuppressions(tx.db, tx.tenantId, rows);
}
