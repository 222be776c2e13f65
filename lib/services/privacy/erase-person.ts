import type { z } from "zod";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import { forgetWords } from "@/db/queries/consent/suppressions";
import { deletePhotographsOf, listFormerAddresses } from "@/db/queries/contacts/person-history";
import { changeDataRequest, lockDataRequest } from "@/db/queries/privacy/data-requests";
import {
  countRowsOf,
  deleteRefusedRows,
  forgetSearches,
  insertErasure,
  lockPerson,
} from "@/db/queries/privacy/erasures";
import type { ErasePersonRequest, Erasure } from "@/lib/domain/privacy/shapes";
import { AppError, invalid, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { hashesOf } from "../consent/reachable";
import { addSuppressions, loadPerson } from "../consent/suppress";
import { tellContactsChanged } from "../contacts/tell-contacts-changed";
import { type Context, requireFreshProof, requireScope, type Tx, transaction } from "../context";
import { withdrawExports } from "../imports/withdraw-exports";
import { personTables } from "../registry";
import { closeWithin } from "./data-requests";

/** Erases a person: everything that knows them goes in one transaction, and what must outlive them knows only a hash. */
export async function erasePerson(
  ctx: Context,
  contactId: string,
  { requestId }: z.output<typeof ErasePersonRequest>,
): Promise<Erasure> {
  requireScope(ctx, "privacy:write");
  requireFreshProof(ctx);
  return transaction(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    if (!(await holdForErasure(tx, id))) throw notFound("contact");
    const request = requestId ? await lockDataRequest(tx.db, tx.tenantId, requestId) : null;
    if (requestId && request?.kind !== "erasure") throw invalid("/request_id", "This is no request for an erasure.");
    if (request && request.state !== "open") {
      throw new AppError("conflict", "This case is closed.", { reason: "request_closed" });
    }
    if (request?.contactId && request.contactId !== id) {
      throw invalid("/request_id", "This request is about somebody else.");
    }
    // A case that came by letter names somebody in its own words only: from now on it is about this person, and forgets them.
    if (request && !request.contactId)
      await changeDataRequest(tx.db, tx.tenantId, request.id, { contactId: id }, tx.now());
    const erasure = await eraseWithin(tx, id, requestId ?? null);
    if (request) await closeWithin(tx, request, "done", "Erased");
    return erasure;
  });
}

/**
 * Before the case that asks for it, which is held after the person. What was searched for is forgotten first of all:
 * whoever takes a change of many back holds that change before its people.
 */
export async function holdForErasure(tx: Tx, contactId: string): Promise<boolean> {
  await forgetSearches(tx.db, tx.tenantId);
  return lockPerson(tx.db, tx.tenantId, contactId);
}

/**
 * Of a person who is held. The order matters: first the addresses are kept as hashes, then what points to the person
 * goes, last the person.
 */
export async function eraseWithin(tx: Tx, contactId: string, requestId: string | null): Promise<Erasure> {
  const person = await loadPerson(tx, contactId);
  const former = await listFormerAddresses(tx.db, tx.tenantId, contactId);
  const externalIds = new Set([person.externalId, ...former.externalIds].filter((id) => id !== null));
  const hashes = [
    ...new Set([...hashesOf(person), ...former.hashes]),
    ...[...externalIds].map((id) => tx.ports.hashes.hash(tx.tenantId, "external_id", id)),
  ];
  await addSuppressions(tx, hashes, { channel: "*", reason: "erasure", scope: "global", contactId: null });
  // Somebody of the same address who was deleted before must not come back by an undo, nor lie here until it is too late.
  await deletePhotographsOf(tx.db, tx.tenantId, hashes);
  await forgetWords(tx.db, tx.tenantId, hashes);

  const files = await withdrawExports(tx);
  const addresses = [person.email, person.phone].filter((address) => address !== null);
  const removed: Record<string, number> = {
    import_problems: await deleteRefusedRows(tx.db, tx.tenantId, { addresses, externalIds: [...externalIds] }),
    files_of_contacts: files,
  };
  const tables = personTables();
  // What the foreign key takes along is counted while it still stands.
  for (const { table, columns, erase } of tables) {
    if (erase === "cascade") {
      removed[table] = await countRowsOf(tx.db, tx.tenantId, table, columns ?? ["contact_id"], contactId);
    }
  }
  const last = (table: string) => table === "contacts";
  for (const { table, erase } of [
    ...tables.filter((each) => !last(each.table)),
    ...tables.filter((each) => last(each.table)),
  ]) {
    if (erase !== "cascade") removed[table] = await erase(tx, contactId);
  }
  const gone = Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));

  const row = await insertErasure(tx.db, tx.tenantId, {
    ...{ id: uuidv7(tx.now().getTime()), erasedId: contactId, requestId, removed: gone },
    ...{ actorName: tx.actor.name, createdAt: tx.now() },
  });
  await tellContactsChanged(tx, [contactId]);
  await tx.audit({
    action: "person.erased",
    // The log outlives the person, so it never knew their name.
    subject: { kind: "contact", id: contactId, name: "Contact" },
    after: { removed: gone, requestId },
  });
  return toErasure(row);
}

export function toErasure(row: Awaited<ReturnType<typeof insertErasure>>): Erasure {
  const { id, erasedId, requestId, removed, actorName, createdAt } = row;
  return { id, erasedId, requestId, removed, actor: actorName, createdAt };
}
