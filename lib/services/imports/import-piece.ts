import { setImmediate as nextTurn } from "node:timers/promises";
import { findErasedHashes } from "@/db/queries/contacts/find-known";
import { type RememberedChange, rememberChanges } from "@/db/queries/contacts/save-contacts";
import type { FilePiece } from "@/db/queries/imports/file-pieces";
import { insertProblems, type NewProblem } from "@/db/queries/imports/import-problems";
import { findImported } from "@/db/queries/imports/import-undo";
import { insertImportedNotes } from "@/db/queries/imports/imported-notes";
import { advanceImport, type ImportCounts, type ImportRow } from "@/db/queries/imports/imports";
import { contactsChanged } from "@/lib/domain/contacts/events";
import type { CleanProfile } from "@/lib/domain/contacts/profile";
import { mostProblems } from "@/lib/domain/imports/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import { addressesOf, addressHasher, type HashOf } from "../contacts/address-hashes";
import { erasedMessage } from "../contacts/plan-rows";
import { writeContacts } from "../contacts/write-contacts";
import type { Context, Tx } from "../context";
import { addMembers } from "../segments/change-members";
import { findListSegment } from "./find-list-segment";
import { gatherSaid, type Said, writeConsents } from "./import-consents";
import { faultsInWords, rowsOf } from "./load-reading-facts";
import type { ReadRow, RowReader } from "./read-rows";
import { chosen } from "./update-import";

/** Events name at most so many. */
const mostIds = 1_000;

type Readable = { row: number; cells: string[]; read: ReadRow & { profile: CleanProfile } };
/** With the hashes of the addresses that stand in it: they may be those of somebody who was erased. */
type Unreadable = NewProblem & { hashes: string[] };

/** A piece of a file as its rows were understood: nothing of it is written yet. */
export type ReadPiece = {
  seq: number;
  rows: number;
  readable: Readable[];
  unreadable: Unreadable[];
  reader: RowReader;
  hashOf: HashOf;
};

/** So many rows are read at a stretch, under a millisecond: the answer that the writer waits for must not wait for them. */
const stretch = 10;

/** All that needs no look at who is known already, done in the gaps while the database writes the piece before. */
export async function readPiece(ctx: Context, row: ImportRow, piece: FilePiece, reader: RowReader): Promise<ReadPiece> {
  const hashOf = addressHasher(ctx);
  const header = row.header ?? [];
  const unreadable: Unreadable[] = [];
  const readable: Readable[] = [];
  const refuse = (problem: NewProblem) => {
    const hashes = reader.addressesIn(problem.cells).flatMap((profile) => addressesOf(profile, hashOf));
    unreadable.push({ ...problem, hashes: hashes.map(({ hash }) => hash) });
  };
  const rows = rowsOf(row, piece);
  for (const [at, { cells, row: number, problem }] of rows.entries()) {
    if (at % stretch === stretch - 1) await nextTurn();
    if (problem) {
      refuse({ row: number, cells, field: null, problem: `The row ${problem}.` });
      continue;
    }
    const read = reader.read(cells);
    if (isReadable(read)) {
      const { email, phone } = read.profile;
      if (email) hashOf("email", email);
      if (phone) hashOf("phone", phone);
      readable.push({ row: number, cells, read });
    } else {
      refuse({ row: number, cells, ...toProblem(header, read.faults) });
    }
  }
  return { seq: piece.seq, rows: rows.length, readable, unreadable, reader, hashOf };
}

function toProblem(header: readonly string[], faults: ReadRow["faults"]): Pick<NewProblem, "field" | "problem"> {
  const column = faults[0]?.column ?? null;
  const field = column === null ? null : (header[column] ?? null);
  return { field, problem: faultsInWords(header, faults).join(" ") || "It could not be written." };
}

const isReadable = (read: ReadRow): read is Readable["read"] => read.profile !== null;

/** Writes one piece of a file: its contacts, what belongs to them, what was wrong, and the pointer past it, in one. */
export async function importPiece(tx: Tx, row: ImportRow, piece: ReadPiece): Promise<ImportCounts> {
  const choices = chosen(row, {});
  const { readable, reader } = piece;
  const header = row.header ?? [];
  const problems = await withoutErased(tx, piece.unreadable);
  const now = tx.now();
  const outcomes = await writeContacts(
    tx,
    readable.map(({ read }) => ({ profile: read.profile })),
    {
      ...{ policy: choices.policy, match: choices.options.match, hashOf: piece.hashOf },
      ...{ importId: row.id, remember: row.id, at: now },
    },
  );
  const counts: ImportCounts = { done: piece.rows, created: 0, updated: 0, skipped: 0, failed: problems.length };
  const said = new Map<string, Said>();
  const created = new Set<string>();
  const changed = new Set<string>();
  for (const outcome of outcomes) {
    const source = readable[outcome.index];
    if (!source) continue;
    if (outcome.kind === "failed" || outcome.id === null) {
      const { row: number, cells } = source;
      const faults = outcome.faults.map(({ pointer, message }) => ({
        column: reader.columnOf(pointer, cells),
        message,
      }));
      const isErased = outcome.faults.some(({ message }) => message === erasedMessage);
      problems.push({ row: number, cells: isErased ? [] : cells, ...toProblem(header, faults) });
      counts.failed += 1;
      continue;
    }
    if (outcome.kind === "created") {
      counts.created += 1;
      created.add(outcome.id);
      changed.add(outcome.id);
    } else if (outcome.kind === "updated") {
      counts.updated += 1;
      changed.add(outcome.id);
    }
    // A person whom the file changes in nothing is left as they are, and counts among those.
    else counts.skipped += 1;
    gatherSaid(said, outcome.id, source.read, outcome.kind !== "skipped");
  }

  await writeNotes(tx, row, created, said);
  const added: RememberedChange[] = [];
  for (const { contactId, channel, lineId, before } of await writeConsents(tx, row, choices.options.consent, said)) {
    changed.add(contactId);
    added.push(remembered(contactId, `consent:${channel}`, before, lineId));
  }
  const { segmentId } = choices.options;
  // The list may have been archived since: that is no reason to lose the people.
  if (segmentId !== null && (await findListSegment(tx, segmentId)))
    for (const contactId of await addMembers(tx, segmentId, takenIn(said))) {
      changed.add(contactId);
      added.push(remembered(contactId, `segment:${segmentId}`, false, true));
    }
  // Whom the import made goes as a whole when it is taken back; the others give back what came to them.
  const made = new Set(
    await findImported(tx.db, tx.tenantId, row.id, [...new Set(added.map(({ contactId }) => contactId))]),
  );
  const ofOthers = merged(added.filter(({ contactId }) => !made.has(contactId)));
  await rememberChanges(tx.db, tx.tenantId, row.id, ofOthers, now);

  const room = Math.max(0, mostProblems - row.failed);
  await insertProblems(tx.db, tx.tenantId, row.id, problems.slice(0, room), now);
  const ids = [...changed];
  for (let at = 0; at < ids.length; at += mostIds)
    await tx.publish(contactsChanged, { ids: ids.slice(at, at + mostIds) });
  if (!(await advanceImport(tx.db, tx.tenantId, row.id, piece.seq, row.nextPiece, counts, now)))
    throw new Error("The import went on elsewhere while this piece was written.");
  return counts;
}

const takenIn = (said: ReadonlyMap<string, Said>) =>
  [...said].flatMap(([contactId, { isTaken }]) => (isTaken ? [contactId] : []));

/** Of somebody who was erased the row is told by its number only: what stood in it must not lie here again. */
async function withoutErased(tx: Tx, rows: readonly Unreadable[]): Promise<NewProblem[]> {
  const erased = await findErasedHashes(tx.db, tx.tenantId, [...new Set(rows.flatMap(({ hashes }) => hashes))]);
  return rows.map(({ hashes, ...problem }) =>
    hashes.some((hash) => erased.has(hash)) ? { ...problem, problem: erasedMessage, cells: [] } : problem,
  );
}

/** Of new people only: the same file a second time must not say everything twice. */
async function writeNotes(tx: Tx, row: ImportRow, created: ReadonlySet<string>, said: ReadonlyMap<string, Said>) {
  const now = tx.now();
  const notes = [...created].flatMap((contactId) =>
    (said.get(contactId)?.notes ?? []).map((text) => ({ id: uuidv7(now.getTime()), contactId, text })),
  );
  await insertImportedNotes(tx.db, tx.tenantId, notes, {
    ...{ importId: row.id, authorId: row.createdBy, authorName: row.createdByName, now },
  });
}

const remembered = (contactId: string, name: string, was: unknown, is: unknown): RememberedChange => ({
  contactId,
  before: { [name]: was },
  after: { [name]: is },
});

/** One memory for each contact: two rows of one contact cannot be saved in the same statement. */
function merged(changes: readonly RememberedChange[]): RememberedChange[] {
  const byContact = new Map<string, RememberedChange>();
  for (const { contactId, before, after } of changes) {
    const known = byContact.get(contactId);
    byContact.set(contactId, {
      contactId,
      before: { ...before, ...known?.before },
      after: { ...known?.after, ...after },
    });
  }
  return [...byContact.values()];
}
