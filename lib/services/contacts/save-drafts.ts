import { setImmediate as nextTurn } from "node:timers/promises";
import {
  deleteContactTags,
  inOrder,
  insertContacts,
  insertContactTags,
  insertIdentities,
  keepFormerAddresses,
  type LeftAddress,
  type NewContact,
  rememberChanges,
  type SavedContact,
  saveAttributeValues,
  updateScored,
  type Whose,
} from "@/db/queries/contacts/save-contacts";
import { noteScores } from "@/db/queries/contacts/scores";
import {
  changesOf,
  type Draft,
  type DraftChanges,
  isChanged,
  rememberedChanges,
} from "@/lib/domain/contacts/apply-profile";
import type { ScoreWeights } from "@/lib/domain/contacts/score-shapes";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { Tx } from "../context";
import { type HashOf, identityHash } from "./address-hashes";
import type { Origin } from "./load-drafts";
import type { Plan, Prepared } from "./plan-rows";
import { loadFacts, weightsOf } from "./score-contacts";
import { scoreDraft } from "./score-drafts";
import { storedSearch } from "./stored-search";
import type { WriteOptions } from "./write-shapes";

/** Answers the ids of new contacts whose external id somebody else has just taken: they were not written. */
export async function save(tx: Tx, { drafts, origin, prepared }: Plan, options: WriteOptions): Promise<Set<string>> {
  const changed = [...drafts.values()].flatMap((draft) => {
    const changes = changesOf(draft);
    return draft.before === null || isChanged(changes) ? [{ draft, changes }] : [];
  });
  if (changed.length === 0) return new Set();
  const news = changed.filter(({ draft }) => draft.before === null);
  const knowns = changed.filter(({ draft }) => draft.before !== null);

  const taken = await insertNew(tx, news, prepared, options);
  const lost = new Set(news.flatMap(({ draft }) => (taken.has(draft.id) ? [] : [draft.id])));
  await updateKnown(tx, knowns, { origin, prepared }, options);
  await keepFormerAddresses(
    tx.db,
    tx.tenantId,
    knowns.flatMap(({ draft }) => leftAddresses(draft, prepared.hashOf)),
    options.at,
  );
  const made = news.filter(({ draft }) => !lost.has(draft.id));
  await saveParts(tx, made, "new", prepared, options.at);
  await saveParts(tx, knowns, "known", prepared, options.at);
  if (options.remember !== undefined) {
    const kept = knowns.filter(({ draft }) => !isOfImport(origin.get(draft.id), options));
    await rememberChanges(
      tx.db,
      tx.tenantId,
      options.remember,
      kept.map(({ draft, changes }) => ({ contactId: draft.id, ...rememberedChanges(draft, changes) })),
      options.at,
    );
  }
  return lost;
}

type Changed = { draft: Draft; changes: DraftChanges };

async function saveParts(
  tx: Tx,
  done: readonly Changed[],
  whose: Whose,
  { hashOf }: Prepared,
  at: Date,
): Promise<void> {
  const added = done.flatMap(({ draft, changes }) =>
    changes.tagsAdded.map((tagId) => ({ contactId: draft.id, tagId })),
  );
  const removed = done.flatMap(({ draft, changes }) =>
    changes.tagsRemoved.map((tagId) => ({ contactId: draft.id, tagId })),
  );
  const values = done.flatMap(({ draft, changes }) =>
    changes.attributes.map((value) => ({ contactId: draft.id, ...value })),
  );
  // Sent one behind the other: while the database writes the tags, the values are spelled out here.
  await Promise.all([
    insertContactTags(tx.db, tx.tenantId, added, at, whose),
    deleteContactTags(tx.db, tx.tenantId, removed),
    saveAttributeValues(tx.db, tx.tenantId, values, whose),
  ]);
  const accounts = done.flatMap(({ draft, changes }) =>
    changes.identities.map((identity) => ({
      id: uuidv7(at.getTime()),
      contactId: draft.id,
      channel: identity.channel,
      externalId: identity.externalId,
      handle: identity.handle ?? null,
      addressHash: identityHash(identity, hashOf),
    })),
  );
  const taken = await insertIdentities(tx.db, tx.tenantId, accounts, at);
  // Nothing half done: the whole call is taken back, and the next try finds whose the account is.
  if (taken < accounts.length)
    throw new AppError("conflict", "Somebody else has just claimed one of these accounts. Try again.", {
      reason: "identity_taken",
      retryAfterSeconds: 1,
    });
}

/** What the contact was reached at until now. */
function leftAddresses({ id, before, fields }: Draft, hashOf: HashOf): LeftAddress[] {
  return (["email", "phone"] as const).flatMap((kind) => {
    const old = before?.[kind];
    return old && old !== fields[kind] ? [{ contactId: id, addressHash: hashOf(kind, old) }] : [];
  });
}

/** What an import made and nobody else has touched stays untouched when a later line of the same import adds to it. */
function changedAt(origin: Origin | undefined, options: WriteOptions): Date {
  if (origin && isOfImport(origin, options) && origin.updatedAt.getTime() === origin.createdAt.getTime())
    return origin.createdAt;
  return options.at;
}

function isOfImport(origin: Origin | undefined, { importId }: WriteOptions): boolean {
  return importId !== undefined && origin?.importId === importId;
}

function savedRow({ id, fields, companyName }: Draft, { hashOf }: Prepared, updatedAt: Date): SavedContact {
  const { email, phone } = fields;
  const emailHash = email ? hashOf("email", email) : null;
  const phoneHash = phone ? hashOf("phone", phone) : null;
  return { id, fields, emailHash, phoneHash, search: storedSearch(fields, companyName), updatedAt };
}

/** So many in one statement: while the database writes them, the next are made ready and sent behind them. */
const insertPortion = 500;

/** Answers who was really taken in. */
async function insertNew(
  tx: Tx,
  news: readonly Changed[],
  prepared: Prepared,
  options: WriteOptions,
): Promise<Set<string>> {
  if (news.length === 0) return new Set();
  const weights = await weightsOf(tx);
  const drafts = news.map(({ draft }) => draft).sort(inOrder);
  const portions: Promise<string[]>[] = [];
  for (let start = 0; start < drafts.length; start += insertPortion) {
    const rows = drafts.slice(start, start + insertPortion).map((draft) => newRow(draft, prepared, weights, options));
    const writing = insertContacts(tx.db, tx.tenantId, rows);
    // Whoever waits for it hears of a failure; until then it must not count as one that nobody looks at.
    writing.catch(() => undefined);
    portions.push(writing);
    // Until it is on its way: the driver sends when nothing else is to be done.
    await nextTurn();
  }
  return new Set((await Promise.all(portions)).flat());
}

function newRow(draft: Draft, prepared: Prepared, weights: ScoreWeights, options: WriteOptions): NewContact {
  const { id, fields, emailHash, phoneHash, search, updatedAt } = savedRow(draft, prepared, options.at);
  const { score, grade } = scoreDraft(draft, undefined, weights, options.at);
  return { id, fields, emailHash, phoneHash, search, updatedAt, score, grade, importId: options.importId ?? null };
}

/** Writes those who were known, each once, and notes whose score is another one now. */
async function updateKnown(
  tx: Tx,
  knowns: readonly Changed[],
  { origin, prepared }: Pick<Plan, "origin" | "prepared">,
  options: WriteOptions,
): Promise<void> {
  if (knowns.length === 0) return;
  const weights = await weightsOf(tx);
  const ids = knowns.map(({ draft }) => draft.id);
  const facts = await loadFacts(tx, ids, weights);
  const scored = knowns.map(({ draft }) => {
    const row = savedRow(draft, prepared, changedAt(origin.get(draft.id), options));
    return { ...row, ...scoreDraft(draft, facts.get(draft.id), weights, tx.now()) };
  });
  await updateScored(tx.db, tx.tenantId, scored);
  const moved = scored.filter(({ id, score, grade }) => {
    const before = facts.get(id)?.person;
    return before?.score !== score || before.grade !== grade;
  });
  await noteScores(
    tx.db,
    tx.tenantId,
    moved.map(({ id, score, grade, reasons }) => ({ id, score, grade, reasons })),
    tx.now(),
  );
}
