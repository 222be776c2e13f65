import { type ContactConditions, type ListedContact, listContacts as list } from "@/db/queries/contacts/list-contacts";
import { findNamed } from "@/db/queries/contacts/named";
import { readPlace, searchPatterns, writePlace } from "@/lib/domain/contacts/contact-list";
import { judgeEmail } from "@/lib/domain/contacts/email";
import { nameKey } from "@/lib/domain/contacts/name-key";
import type { ContactFilter, ContactQuery, ContactRow } from "@/lib/domain/contacts/shapes";
import { type Context, read, requireScope, type Tx } from "../context";
import { loadProfileFacts } from "./profile-facts";

/** A page of the list. A search looks at the newest 2,000 hits; another letter narrows it. */
export async function listContacts(ctx: Context, query: ContactQuery) {
  requireScope(ctx, "contacts:read");
  const place = readPlace(query.sort, query.cursor);
  return read(ctx, async (tx) => {
    const filter: ContactConditions = { ...conditionsOf(query), ...(await addressesOf(tx, query)) };
    if (filter.tagKey !== undefined) {
      const [tag] = await findNamed(tx.db, tx.tenantId, "tags", [filter.tagKey]);
      if (!tag) return { items: [], nextCursor: null };
      filter.tagId = tag.id;
    }
    const { sort, skip, limit } = query;
    const rows = await list(tx.db, tx.tenantId, filter, { sort, place, skip, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(toRow), nextCursor: rows.length > limit && last ? writePlace(sort, last) : null };
  });
}

/** What a filter of the wire means to the table: also for bulk changes, exports and counts of the same filter. */
export function conditionsOf(filter: ContactFilter): ContactConditions {
  const { stage, customerType, grade, segment, owner, company, tag } = filter;
  const patterns = filter.search === undefined ? [] : searchPatterns(filter.search);
  return {
    ...{ stage, customerType, grade, segment, owner, company, import: filter.import },
    tagKey: tag === undefined ? undefined : nameKey(tag),
    // Of signs alone nothing can be searched: then the search narrows nothing, as if nobody had typed.
    ...(patterns.length > 0 ? { patterns } : {}),
  };
}

/** Addresses are asked for in any spelling. What is none is nobody's. */
async function addressesOf(tx: Tx, { externalId, email, phone }: ContactQuery) {
  const reading = email === undefined ? undefined : judgeEmail(email);
  const number =
    phone === undefined ? undefined : tx.ports.phones.read(phone, (await loadProfileFacts(tx)).country ?? undefined);
  return {
    externalId,
    email: reading && (reading.kind === "ok" ? reading.address : ""),
    phone: number && (number.kind === "ok" ? number.e164 : ""),
  };
}

export function toRow(row: ListedContact): ContactRow {
  const { ownerId, ownerName, ...rest } = row;
  return { ...rest, owner: ownerId ? { id: ownerId, name: ownerName ?? "Somebody who left" } : null };
}
