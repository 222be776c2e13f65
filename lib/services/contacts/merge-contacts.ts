import type { z } from "zod";
import { listAttributeTypes } from "@/db/queries/contacts/attributes";
import {
  findCompanyName,
  findMerge,
  insertAliases,
  insertMerge,
  listMerges as list,
  lockPair,
  updateMerged,
} from "@/db/queries/contacts/merges";
import { deleteContactRow } from "@/db/queries/contacts/person-history";
import { photographRows } from "@/db/queries/contacts/person-rows";
import { keepFormerAddresses } from "@/db/queries/contacts/save-contacts";
import { findContactId } from "@/db/queries/contacts/timeline";
import { contactsChanged } from "@/lib/domain/contacts/events";
import { decideMerge } from "@/lib/domain/contacts/merge";
import type { Merge, MergeQuery, MergeRequest } from "@/lib/domain/contacts/merge-shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { invalid, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, read, requireScope, type Tx, transaction } from "../context";
import { personTables } from "../registry";
import { scoreContacts } from "./score-contacts";
import { storedSearch } from "./stored-search";

/** All that parts the two again. A photograph is the text of a row's JSON. */
export type MergeSnapshot = {
  loserName: string;
  loser: string;
  winnerBefore: string;
  winnerAfter: string;
  aliases: { kind: "id" | "external_id"; value: string }[];
  /** Hashes of addresses that neither of the two has any more. */
  leftAddresses?: string[];
  tables: Record<string, unknown>;
};

/** Two contacts that are one person become one. The other's id leads to the winner from then on, and so does what it had. */
export async function mergeContacts(ctx: Context, winnerId: string, request: MergeRequest): Promise<Merge> {
  requireScope(ctx, "contacts:bulk");
  const loserId = request.otherId;
  return transaction(ctx, async (tx) => {
    const pair = await lockPair(tx.db, tx.tenantId, [winnerId, loserId]);
    const winner = pair.find(({ id }) => id === winnerId);
    const loser = pair.find(({ id }) => id === loserId);
    if (!winner) throw notFound("contact");
    if (winnerId === loserId) throw invalid("/other_id", "A contact cannot be merged with itself.");
    if (!loser) throw invalid("/other_id", "There is no such contact; it may have been merged or deleted before.");

    const { merged, aliasExternalId } = decideMerge(winner, loser, request.fields);
    const attributesOfLoser = await chosenOfLoser(tx, request.attributes);
    const winnerBefore = await photograph(tx, winnerId);
    const loserLine = await photograph(tx, loserId);
    const tables: Record<string, unknown> = {};
    for (const { table, merge } of personTables())
      if ("join" in merge) tables[table] = await merge.join(tx, { winnerId, loserId, attributesOfLoser });

    const aliases: MergeSnapshot["aliases"] = [
      { kind: "id", value: loserId },
      ...(aliasExternalId === null ? [] : [{ kind: "external_id" as const, value: aliasExternalId }]),
    ];
    // The loser goes before the winner takes over its external id, which only one may have.
    await deleteContactRow(tx.db, tx.tenantId, loserId);
    const search = await searchOf(tx, merged);
    await updateMerged(
      tx.db,
      tx.tenantId,
      winnerId,
      { ...merged, search } as Parameters<typeof updateMerged>[3],
      tx.now(),
    );
    await insertAliases(tx.db, tx.tenantId, winnerId, aliases, tx.now());
    await scoreContacts(tx, [winnerId]);

    const id = uuidv7(tx.now().getTime());
    const winnerAfter = await photograph(tx, winnerId);
    const kept = hashesIn(winnerAfter);
    const leftAddresses = [...hashesIn(loserLine), ...hashesIn(winnerBefore)].filter((hash) => !kept.includes(hash));
    const left = leftAddresses.map((addressHash) => ({ contactId: winnerId, addressHash }));
    await keepFormerAddresses(tx.db, tx.tenantId, left, tx.now());
    const snapshot: MergeSnapshot = {
      ...{ loserName: loser.name, loser: loserLine, winnerBefore, winnerAfter },
      ...{ aliases, leftAddresses, tables },
    };
    await insertMerge(tx.db, tx.tenantId, {
      id,
      contactId: winnerId,
      loserId,
      snapshot,
      createdBy: tx.actor.kind === "person" ? tx.actor.id : null,
      createdByName: tx.actor.name,
      createdAt: tx.now(),
    });
    // A line of the log outlives an erasure, so it says which contacts, never who they are.
    await tx.audit({
      action: "contact.merged",
      subject: { kind: "contact", id: winnerId, name: "Contact" },
      after: { mergedId: loserId, mergeId: id },
    });
    await tx.publish(contactsChanged, { ids: [winnerId] });
    return found(tx, id);
  });
}

/** The attributes of which the loser's value was chosen. */
async function chosenOfLoser(tx: Tx, choice: MergeRequest["attributes"] = {}): Promise<string[]> {
  const keys = Object.keys(choice);
  if (keys.length === 0) return [];
  const declared = new Map((await listAttributeTypes(tx.db, tx.tenantId)).map(({ key, id }) => [key, id]));
  return keys.flatMap((key) => {
    const id = declared.get(key);
    if (!id) throw invalid(`/attributes/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, "is not an attribute.");
    return choice[key] === "loser" ? [id] : [];
  });
}

export async function listMerges(ctx: Context, query: z.output<typeof MergeQuery>) {
  requireScope(ctx, "contacts:read");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const contactId = query.contact ? await findContactId(tx.db, tx.tenantId, query.contact) : undefined;
    if (contactId === null) return { items: [], nextCursor: null };
    const rows = await list(tx.db, tx.tenantId, contactId, { beforeId, skip: query.skip, limit: query.limit + 1 });
    return page(rows, query.limit, (row) => row.id);
  });
}

export async function found(tx: Tx, id: string): Promise<Merge> {
  const row = await findMerge(tx.db, tx.tenantId, id);
  if (!row) throw notFound("merge");
  return row;
}

export async function photograph(tx: Tx, contactId: string): Promise<string> {
  const [row] = await photographRows(tx.db, tx.tenantId, "contacts", "id", [contactId]);
  if (!row) throw notFound("contact");
  return row.line;
}

function hashesIn(photograph: string): string[] {
  const { email_hash, phone_hash } = JSON.parse(photograph) as { email_hash: string | null; phone_hash: string | null };
  return [email_hash, phone_hash].filter((hash) => hash !== null);
}

/** What the search reads, spelled as every writer of contacts spells it. */
export async function searchOf(
  tx: Tx,
  contact: {
    name: string;
    email: string | null;
    phone: string | null;
    externalId: string | null;
    companyId: string | null;
  },
): Promise<string> {
  const company = await findCompanyName(tx.db, tx.tenantId, contact.companyId);
  return storedSearch(contact, company);
}
