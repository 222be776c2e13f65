import { mostHits } from "@/db/queries/contacts/list-contacts";
import { countTargets } from "@/db/queries/contacts/targets";
import type { ContactFilter } from "@/lib/domain/contacts/shapes";
import { invalid } from "@/lib/kernel/errors";
import type { Tx } from "../context";
import { conditionsOf } from "./list-contacts";

/**
 * What a list may show in part, a change or a file must mean in full: nobody deletes everybody by a search for a dash, and
 * nobody takes the first two thousand for all of them.
 */
export async function refuseVagueSearch(tx: Tx, filter: ContactFilter, pointer: string): Promise<void> {
  if (filter.search === undefined) return;
  const { patterns } = conditionsOf(filter);
  if (!patterns) throw invalid(pointer, "There is nothing in this search that could be looked for.");
  if ((await countTargets(tx.db, tx.tenantId, { patterns })) >= mostHits)
    throw invalid(
      pointer,
      `finds ${mostHits.toLocaleString("en")} contacts or more; type more of the name to reach them all`,
    );
}
