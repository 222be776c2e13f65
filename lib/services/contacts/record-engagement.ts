import { addEngagement, widenContactTimes } from "@/db/queries/contacts/engagement";
import { lockContacts } from "@/db/queries/contacts/score-facts";
import { type EngagementFact, milestonesOf, totalEngagement } from "@/lib/domain/contacts/engagement";
import type { Tx } from "../context";
import { scoreContacts } from "./score-contacts";

/**
 * Counts what happened between us and people, and scores them anew. Whoever calls it makes sure that one fact is told once;
 * facts may come in any order. Of people who are gone by now nothing is kept. Answers how many people it was about.
 */
export async function recordEngagement(tx: Tx, facts: readonly EngagementFact[]): Promise<number> {
  const ids = [...new Set(facts.map(({ contactId }) => contactId))];
  const present = new Set(await lockContacts(tx.db, tx.tenantId, ids));
  const known = facts.filter(({ contactId }) => present.has(contactId));
  await addEngagement(tx.db, tx.tenantId, totalEngagement(known), tx.now());
  await widenContactTimes(tx.db, tx.tenantId, milestonesOf(known), tx.now());
  await scoreContacts(tx, [...present]);
  return present.size;
}
