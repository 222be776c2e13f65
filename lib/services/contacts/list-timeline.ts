import { findContactId } from "@/db/queries/contacts/timeline";
import { mergeTimelines } from "@/lib/domain/contacts/timeline";
import type { TimelineItem, TimelineQuery } from "@/lib/domain/contacts/timeline-shapes";
import { writeCursor } from "@/lib/kernel/cursor";
import { invalid, notFound } from "@/lib/kernel/errors";
import { type Context, hasScope, read, requireScope } from "../context";
import { timelineSources } from "../registry";

/** All that is known to have happened with a person, over all domains, newest first. */
export async function listTimeline(
  ctx: Context,
  contactId: string,
  query: TimelineQuery,
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> {
  requireScope(ctx, "contacts:read");
  const { before, beforeId } = readPlace(query.cursor);
  const { kind } = query;
  const told = timelineSources().filter(({ kinds }) => !kind || kinds.includes(kind));
  if (told.length === 0) throw invalid("/kind", `must be one of ${knownKinds().join(", ")}`);
  const sources = told.filter(({ needs }) => !needs || hasScope(ctx, needs));
  return read(ctx, async (tx) => {
    const id = await findContactId(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    const place = { before, beforeId, limit: query.limit + 1, ...(kind ? { kinds: [kind] } : {}) };
    const lists: TimelineItem[][] = [];
    // One after the other: they share the transaction's one connection.
    for (const source of sources) lists.push(await source.load(tx, id, place));
    const lines = mergeTimelines(lists, query.limit + 1);
    const items = lines.slice(0, query.limit);
    const last = items.at(-1);
    const nextCursor = lines.length > query.limit && last ? writeCursor(`${last.at.toISOString()} ${last.id}`) : null;
    return { items, nextCursor };
  });
}

const knownKinds = () => [...new Set(timelineSources().flatMap(({ kinds }) => kinds))];

/** The place of a line among all sources: its moment and its id. */
function readPlace(cursor: string | undefined): { before: Date | null; beforeId: string | null } {
  if (cursor === undefined) return { before: null, beforeId: null };
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [, at, id] =
      (typeof place === "string" && /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) ([\x21-\x7e]{1,100})$/.exec(place)) || [];
    if (at && id && !Number.isNaN(Date.parse(at))) return { before: new Date(at), beforeId: id };
  } catch {
    // Falls through to the refusal.
  }
  throw invalid("/cursor", "This cursor is not one that this list answered.");
}
