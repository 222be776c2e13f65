import { listContactIdsAfter, loadScoreFacts, lockContacts } from "@/db/queries/contacts/score-facts";
import {
  findScoreModel,
  insertDefaultModel,
  type ScoredContact,
  saveScores,
  setScoredDay,
} from "@/db/queries/contacts/scores";
import { channelLabels } from "@/lib/domain/channels/labels";
import { type LeadScore, type Reason, type ScoreFacts, scoreLead } from "@/lib/domain/contacts/score";
import { ScoreWeights } from "@/lib/domain/contacts/score-shapes";
import { defaultWeights } from "@/lib/domain/contacts/score-weights";
import { type Context, read, type Tx, transaction } from "../context";

/** So many are scored in one go: their facts fit in memory, and the locks are held for well under a second. */
const scorePortion = 5_000;

type Facts = Awaited<ReturnType<typeof loadScoreFacts>>;
type Person = Facts["people"][number];

/**
 * Brings the scores of these contacts up to what is known of them now, in a handful of statements however many they are.
 * Whatever changes a fact that the score looks at calls this in its own transaction.
 */
export async function scoreContacts(tx: Tx, ids: readonly string[]): Promise<void> {
  const weights = await weightsOf(tx);
  for (let start = 0; start < ids.length; start += scorePortion) {
    // Locked before the facts are read: of two that change one contact, the later sees what the earlier did.
    const present = await lockContacts(tx.db, tx.tenantId, ids.slice(start, start + scorePortion));
    const changed = await changedScores(tx, present, weights);
    await saveScores(tx.db, tx.tenantId, changed, tx.now());
  }
}

/** The score of a contact, computed from what is known now, with its reasons. Null where there is no such contact. */
export async function loadScore(tx: Tx, contactId: string): Promise<LeadScore | null> {
  const weights = await weightsOf(tx);
  const facts = await loadScoreFacts(tx.db, tx.tenantId, [contactId], attributeKeys(weights));
  return scoresOf(facts, weights, tx.now())[0] ?? null;
}

/** Why the contact has its score. */
export async function explainScore(tx: Tx, contactId: string): Promise<Reason[] | null> {
  return (await loadScore(tx, contactId))?.reasons ?? null;
}

/** What weights that nobody has saved yet would make of these contacts. */
export async function previewScores(
  tx: Tx,
  ids: readonly string[],
  weights: ScoreWeights,
): Promise<({ person: Person } & LeadScore)[]> {
  const facts = await loadScoreFacts(tx.db, tx.tenantId, ids, attributeKeys(weights));
  return scoresOf(facts, weights, tx.now());
}

/** The weights of the workspace: its own, or those that are given. */
export async function weightsOf(tx: Tx): Promise<ScoreWeights> {
  const model = await findScoreModel(tx.db, tx.tenantId);
  if (!model && tx.access === "read write") await insertDefaultModel(tx.db, tx.tenantId, tx.now());
  return readWeights(model?.weights);
}

/** An empty document stands for the given weights, so that they may become better with a new version. */
export function readWeights(stored: unknown): ScoreWeights {
  const isOwn = typeof stored === "object" && stored !== null && Object.keys(stored).length > 0;
  return isOwn ? ScoreWeights.parse(stored) : defaultWeights;
}

/**
 * The next portions of a walk over everybody, for about as long as asked. Answers where to go on, or null at the end.
 * Most scores are as they were, so only those that differ are locked, and computed once more under the lock.
 */
export async function scorePortions(
  ctx: Context,
  { after, portions }: { after: string | null; portions: number },
): Promise<{ after: string | null; scored: number; changed: number }> {
  let place = after;
  const done = { scored: 0, changed: 0 };
  for (let portion = 0; portion < portions; portion++) {
    const from = place;
    const { ids, differing } = await read(ctx, async (tx) => {
      const ids = await listContactIdsAfter(tx.db, tx.tenantId, from, scorePortion);
      const differing = await changedScores(tx, ids, await weightsOf(tx));
      return { ids, differing: differing.map(({ id }) => id) };
    });
    if (differing.length > 0) await transaction(ctx, (tx) => scoreContacts(tx, differing));
    done.scored += ids.length;
    done.changed += differing.length;
    if (ids.length < scorePortion) return { after: null, ...done };
    place = ids.at(-1) ?? null;
  }
  return { after: place, ...done };
}

/** What a walk over everybody begins with: the day that it makes everybody's score of, and by which weights. */
export async function beginScoring(ctx: Context): Promise<{ day: string; weightsSavedAt: string | null }> {
  return read(ctx, async (tx) => {
    const model = await findScoreModel(tx.db, tx.tenantId);
    return { day: tx.now().toISOString().slice(0, 10), weightsSavedAt: model?.updatedAt.toISOString() ?? null };
  });
}

/** Weights that were changed while the walk went on begin a walk of their own, which then says so. */
export async function finishScoring(
  ctx: Context,
  begun: { day: string; weightsSavedAt: string | null },
): Promise<boolean> {
  const { day, weightsSavedAt } = begun;
  if (weightsSavedAt === null) return false;
  return transaction(ctx, (tx) => setScoredDay(tx.db, tx.tenantId, day, new Date(weightsSavedAt)));
}

async function changedScores(tx: Tx, ids: readonly string[], weights: ScoreWeights): Promise<ScoredContact[]> {
  if (ids.length === 0) return [];
  const facts = await loadScoreFacts(tx.db, tx.tenantId, ids, attributeKeys(weights));
  return scoresOf(facts, weights, tx.now())
    .filter(({ person, score, grade }) => person.score !== score || person.grade !== grade)
    .map(({ person, score, grade, reasons }) => ({ id: person.id, score, grade, reasons }));
}

function attributeKeys(weights: ScoreWeights): string[] {
  const keys = weights.fit.flatMap(({ when: { field } }) =>
    field.startsWith("attribute.") ? [field.slice("attribute.".length)] : [],
  );
  return [...new Set(keys)];
}

/** Of each of these contacts the person as they stand, and what their score is made of. */
export async function loadFacts(
  tx: Tx,
  ids: readonly string[],
  weights: ScoreWeights,
): Promise<ReadonlyMap<string, { person: Person; facts: ScoreFacts }>> {
  if (ids.length === 0) return new Map();
  const loaded = await loadScoreFacts(tx.db, tx.tenantId, ids, attributeKeys(weights));
  return new Map(withFacts(loaded).map((row) => [row.person.id, row]));
}

function scoresOf(facts: Facts, weights: ScoreWeights, now: Date) {
  return withFacts(facts).map(({ person, facts }) => ({ person, ...scoreLead(facts, weights, now) }));
}

function withFacts(loaded: Facts): { person: Person; facts: ScoreFacts }[] {
  const values = byContact(loaded.values);
  const profiles = byContact(loaded.profiles);
  return loaded.people.map((person) => ({
    person,
    facts: factsOf(person, values.get(person.id) ?? [], profiles.get(person.id) ?? []),
  }));
}

function byContact<Row extends { contactId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.contactId);
    if (group) group.push(row);
    else groups.set(row.contactId, [row]);
  }
  return groups;
}

function factsOf(person: Person, values: Facts["values"], profiles: Facts["profiles"]): ScoreFacts {
  return {
    ...person,
    hasCompany: person.companyId !== null,
    attributes: Object.fromEntries(
      values.map(({ key, type, text, number, date }) => [
        key,
        type === "boolean" ? text === "true" : (number ?? date ?? text ?? ""),
      ]),
    ),
    channels: profiles.map((row) => ({
      channel: row.channel,
      name: channelLabels[row.channel],
      counts: row,
      lastAt: {
        sent: row.lastSentAt,
        delivered: row.lastDeliveredAt,
        opened: row.lastOpenedAt,
        clicked: row.lastClickedAt,
        replied: row.lastRepliedAt,
        converted: row.lastConvertedAt,
      },
    })),
  };
}
