import type { z } from "zod";
import { listSuspicions, type SuspicionRow } from "@/db/queries/contacts/duplicates";
import { rankPairs } from "@/lib/domain/contacts/duplicate";
import type { DuplicateQuery } from "@/lib/domain/contacts/merge-shapes";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { invalid } from "@/lib/kernel/errors";
import { isUuid } from "@/lib/kernel/ids";
import { type Context, read, requireScope } from "../context";
import { loadContactRows } from "./contact-rows";

/** So many contacts look for their likes at a time, and so many times at most: a request stays short on a million. */
const window = 1_000;
const mostWindows = 3;
/** The same for every page, whatever its size: so that each goes on where the one before it ended. */
const enough = 200;

/** Pairs that may be one person, the newest contacts first; the cursor goes on among older ones. */
export async function listDuplicates(ctx: Context, query: z.output<typeof DuplicateQuery>) {
  requireScope(ctx, "contacts:read");
  const from = readPlace(query.cursor);
  return read(ctx, async (tx) => {
    let place = from.beforeId;
    const found: SuspicionRow[] = [];
    for (let round = 0; round < mostWindows; round++) {
      const { rows, lastId } = await listSuspicions(tx.db, tx.tenantId, {
        beforeId: place,
        window,
        because: query.because,
      });
      found.push(...rows);
      place = lastId;
      if (place === null || found.length >= enough) break;
    }
    const ranked = rankPairs(found);
    const pairs = ranked.slice(from.shown, from.shown + query.limit);
    const shown = from.shown + pairs.length;
    const people = await loadContactRows(
      tx,
      pairs.flatMap(({ contactId, otherId }) => [contactId, otherId]),
    );
    const items = pairs.flatMap(({ contactId, otherId, because }) => {
      const [contact, other] = [people.get(contactId), people.get(otherId)];
      return contact && other ? [{ contact, other, because }] : [];
    });
    if (shown < ranked.length) return { items, nextCursor: writeCursor(`${from.beforeId ?? ""} ${shown}`) };
    return { items, nextCursor: place === null ? null : writeCursor(`${place} 0`) };
  });
}

/** Among whom the page began to look, and how many of their pairs were shown by pages before. */
function readPlace(cursor: string | undefined): { beforeId: string | null; shown: number } {
  if (cursor === undefined) return { beforeId: null, shown: 0 };
  const [, id = "", shown = ""] = /^([0-9a-f-]{36})? (\d{1,6})$/.exec(readCursor(cursor, "text") ?? "") ?? [];
  if (shown === "" || (id !== "" && !isUuid(id)))
    throw invalid("/cursor", "This cursor is not one that this list answered.");
  return { beforeId: id === "" ? null : id, shown: Number(shown) };
}
