import { listScoreChanges } from "@/db/queries/contacts/scores";
import { findContactId } from "@/db/queries/contacts/timeline";
import type { ScoreStory } from "@/lib/domain/contacts/score-shapes";
import { notFound } from "@/lib/kernel/errors";
import { type Context, read, requireScope } from "../context";
import { loadScore } from "./score-contacts";

const mostDays = 90;

/** The score with its reasons as they are now, and how it came to be over the last days on which it changed. */
export async function findScore(ctx: Context, contactId: string): Promise<ScoreStory> {
  requireScope(ctx, "contacts:read");
  return read(ctx, async (tx) => {
    const id = await findContactId(tx.db, tx.tenantId, contactId);
    const scored = id ? await loadScore(tx, id) : null;
    if (!id || !scored) throw notFound("contact");
    const { score, grade, reasons } = scored;
    const changes = await listScoreChanges(tx.db, tx.tenantId, id, mostDays);
    return { score, grade, reasons, history: changes.map(({ day, score, grade }) => ({ day, score, grade })) };
  });
}
