import { lockContacts } from "@/db/queries/consent/ledger";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import { AppError } from "@/lib/kernel/errors";
import type { Tx } from "../context";

/** Often enough: each time, the one we waited for was merged away, and again. */
const mostRounds = 5;

/**
 * Whom a link means now, held until the end: a merge that is on its way moves the person to another id, and a no that was
 * said to the old one must not be lost between the two.
 */
export async function holdPerson(tx: Tx, id: string): Promise<string | null> {
  for (let round = 0; round < mostRounds; round++) {
    const found = await resolveContact(tx.db, tx.tenantId, id);
    if (!found || (await lockContacts(tx.db, tx.tenantId, [found])).has(found)) return found;
  }
  throw new AppError("conflict", "This is being changed at this moment. Try again.", { retryAfterSeconds: 1 });
}
