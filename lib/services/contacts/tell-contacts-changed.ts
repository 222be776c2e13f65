import { contactsChanged } from "@/lib/domain/contacts/events";
import type { Tx } from "../context";

/** An event carries so many ids; more become several. */
const mostIds = 1_000;

export async function tellContactsChanged(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += mostIds)
    await tx.publish(contactsChanged, { ids: ids.slice(start, start + mostIds) });
}
