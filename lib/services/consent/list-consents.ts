import type { z } from "zod";
import { listConsentLines } from "@/db/queries/consent/ledger";
import { resolveContact } from "@/db/queries/consent/load-reachable";
import type { ConsentLine, ConsentList, ConsentListQuery } from "@/lib/domain/consent/shapes";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import { page, readCursor } from "@/lib/kernel/cursor";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";

/** The ledger of one person, newest first. */
export async function listConsents(
  ctx: Context,
  contactId: string,
  query: z.output<typeof ConsentListQuery>,
): Promise<z.output<typeof ConsentList>> {
  requireScope(ctx, "consent:read");
  return read(ctx, async (tx) => {
    const id = await resolveContact(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    const rows = await listConsentLines(tx.db, tx.tenantId, id, {
      beforeSeq: readCursor(query.cursor, "number"),
      skip: query.skip,
      limit: query.limit + 1,
    });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.seq);
    return { items: items.map(toLine), nextCursor };
  });
}

function toLine(row: Awaited<ReturnType<typeof listConsentLines>>[number]): ConsentLine {
  const { seq: _, actorName, topicId, ...line } = row;
  return { ...line, topicId: topicId === noTopic ? null : topicId, actor: actorName };
}
