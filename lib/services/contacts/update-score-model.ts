import { findIdRange, listContactIdsAfter, listContactIdsFrom } from "@/db/queries/contacts/score-facts";
import { findScoreModel, saveScoreModel } from "@/db/queries/contacts/scores";
import { scoreModelChanged } from "@/lib/domain/contacts/events";
import type { ScoreModel, ScorePreview, ScoreWeights } from "@/lib/domain/contacts/score-shapes";
import { type Grade, grades } from "@/lib/domain/contacts/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { type Context, read, requireScope, type Tx, transaction } from "../context";
import { previewScores, readWeights } from "./score-contacts";

export async function findModel(ctx: Context): Promise<ScoreModel> {
  requireScope(ctx, "contacts:read");
  return read(ctx, async (tx) => toModel(await findScoreModel(tx.db, tx.tenantId)));
}

/** Saves the weights; everybody's score follows behind the answer. */
export async function updateScoreModel(ctx: Context, { weights }: { weights: ScoreWeights }): Promise<ScoreModel> {
  requireScope(ctx, "contacts:configure");
  return transaction(ctx, async (tx) => {
    const before = readWeights((await findScoreModel(tx.db, tx.tenantId))?.weights);
    const row = await saveScoreModel(tx.db, tx.tenantId, weights, tx.now());
    await tx.audit({
      action: "score_model.updated",
      subject: { kind: "score_model", id: null, name: "Lead score" },
      before: { weights: before },
      after: { weights },
    });
    await tx.publish(scoreModelChanged, {});
    return toModel(row);
  });
}

const sampleSize = 2_000;
const samplePlaces = 40;

/** What the weights would make of a sample that is spread over everybody by the time they came. */
export async function previewScoreModel(ctx: Context, { weights }: { weights: ScoreWeights }): Promise<ScorePreview> {
  requireScope(ctx, "contacts:read");
  // In a transaction that could write, because a caller may repeat the request under one key.
  return transaction(ctx, async (tx) => {
    const scored = await previewScores(tx, await sampleIds(tx), weights);
    const examples = [...scored].sort((one, other) => other.score - one.score);
    const every = Math.max(1, Math.floor(examples.length / 5));
    return {
      sampled: scored.length,
      grades: count(scored.map(({ grade }) => grade)),
      before: count(scored.map(({ person }) => person.grade)),
      examples: examples
        .filter((_, index) => index % every === 0)
        .slice(0, 5)
        .map(({ person, score, grade, reasons }) => ({ name: person.name, score, grade, reasons })),
    };
  });
}

async function sampleIds(tx: Tx): Promise<string[]> {
  const first = await listContactIdsAfter(tx.db, tx.tenantId, null, sampleSize + 1);
  if (first.length <= sampleSize) return first;
  const range = await findIdRange(tx.db, tx.tenantId);
  if (!range) return [];
  const [from, to] = [momentOf(range.first), momentOf(range.last)];
  const places = Array.from({ length: samplePlaces }, (_, index) =>
    uuidv7(from + Math.floor(((to - from) * index) / samplePlaces), new Uint8Array(10)),
  );
  const spread = await listContactIdsFrom(tx.db, tx.tenantId, places, sampleSize / samplePlaces);
  // Of people who all came with one import the places lie close together: those who came first fill up.
  return [...new Set([...spread, ...first])].slice(0, sampleSize);
}

/** The moment in which an id was made. */
const momentOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

function count(given: readonly Grade[]): Record<Grade, number> {
  const counts = Object.fromEntries(grades.map((grade) => [grade, 0])) as Record<Grade, number>;
  for (const grade of given) counts[grade]++;
  return counts;
}

function toModel(row: { weights: unknown; scoredDay: string | null } | null): ScoreModel {
  const isDefault = !row || Object.keys(row.weights as object).length === 0;
  return { weights: readWeights(row?.weights), isDefault, scoredDay: row?.scoredDay ?? null };
}
