import type { z } from "zod";
import { listSuspicions, type SuspicionRow } from "@/db/queries/contacts/duplicates";
import { rankPairs } from "@/lib/domain/contacts/duplicate";
import type { DuplicateQuery } from "@/lib/domain/contacts/merge-shapes";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { type Context, read, requireScope } from "../context";
import { loadContactRows } from "./contact-rows";

/** So many contacts look for their likes at a time, and so many times at most: a request stays short on a million. */
const window = 1_000;
const mostWindows = 3;

/** Pairs that may be one person, the newest contacts first; the cursor goes on among older ones. */
export async function listDuplicates(ctx: Context, query: z.output<typeof DuplicateQuery>) {
  requireScope(ctx, "contacts:read");
  let place = readCursor(query.cursor, "uuid") ?? null;
  return read(ctx, async (tx) => {
    const found: SuspicionRow[] = [];
    for (let round = 0; round < mostWindows; round++) {
      const { rows, lastId } = await listSuspicions(tx.db, tx.tenantId, {
        beforeId: place,
        window,
        because: query.because,
      });
      found.push(...rows);
      place = lastId;
      if (place === null || found.length >= query.limit) break;
    }
    const pairs = rankPairs(found, query.limit);
    const people = await loadContactRows(
      tx,
      pairs.flatMap(({ contactId, otherId }) => [contactId, otherId]),
    );
    const items = pairs.flatMap(({ contactId, otherId, because }) => {
      const [contact, other] = [people.get(contactId), people.get(otherId)];
      return contact && other ? [{ contact, other, because }] : [];
    });
    return { items, nextCursor: place === null ? null : writeCursor(place) };
  });
}
