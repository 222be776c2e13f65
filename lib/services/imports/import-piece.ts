import { setImmediate as nextTurn } from "node:timers/promises";
import { type RememberedChange, rememberChanges } from "@/db/queries/contacts/save-contacts";
import type { FilePiece } from "@/db/queries/imports/file-pieces";
import { insertProblems, type NewProblem } from "@/db/queries/imports/import-problems";
import { findImported, loadStandingConsents } from "@/db/queries/imports/import-undo";
import { insertImportedNotes } from "@/db/queries/imports/imported-notes";
import { advanceImport, type ImportCounts, type ImportRow } from "@/db/queries/imports/imports";
import type { Channel } from "@/lib/domain/channels/vocabulary";
import { contactsChanged } from "@/lib/domain/contacts/events";
import type { CleanProfile } from "@/lib/domain/contacts/profile";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import { type ConsentInput, recordConsents } from "../consent/record-consents";
import { addressHasher, type HashOf } from "../contacts/address-hashes";
import { writeContacts } from "../contacts/write-contacts";
import type { Context, Tx } from "../context";
import { addMembers } from "../segments/change-members";
import { findListSegment } from "./find-list-segment";
import { faultsInWords, rowsOf } from "./load-reading-facts";
import type { ReadRow } from "./read-rows";
import type { FormerConsent } from "./take-back-consents";
import { chosen } from "./update-import";

/** So many rows are kept with their reasons; further ones are counted. */
const mostProblems = 10_000;
/** Events name at most so many. */
const mostIds = 1_000;

type Readable = { row: number; cells: string[]; read: ReadRow & { profile: CleanProfile } };

/** A piece of a file as its rows were understood: nothing of it is written yet. */
export type ReadPiece = { seq: number; rows: number; readable: Readable[]; problems: NewProblem[]; hashOf: HashOf };

/** So many rows are read at a stretch: a few milliseconds, after which whoever waits for this process gets their turn. */
const stretch = 50;

/** All that needs no look at who is known already, done in the gaps while the database writes the piece before. */
export async function readPiece(
  ctx: Context,
  row: ImportRow,
  piece: FilePiece,
  readRow: (cells: readonly string[]) => ReadRow,
): Promise<ReadPiece> {
  const hashOf = addressHasher(ctx);
  const header = row.header ?? [];
  const problems: NewProblem[] = [];
  const readable: Readable[] = [];
  const rows = rowsOf(row, piece);
  for (const [at, { cells, row: number, problem }] of rows.entries()) {
    if (at % stretch === stretch - 1) await nextTurn();
    if (problem) {
      problems.push({ row: number, cells, field: null, problem: `The row ${problem}.` });
      continue;
    }
    const read = readRow(cells);
    if (isReadable(read)) {
      const { email, phone } = read.profile;
      if (email) hashOf("email", email);
      if (phone) hashOf("phone", phone);
      readable.push({ row: number, cells, read });
    } else {
      const column = read.faults[0]?.column ?? null;
      const field = column === null ? null : (header[column] ?? null);
      problems.push({ row: number, cells, field, problem: faultsInWords(header, read.faults).join(" ") });
    }
  }
  return { seq: piece.seq, rows: rows.length, readable, problems, hashOf };
}

const isReadable = (read: ReadRow): read is Readable["read"] => read.profile !== null;

/** Writes one piece of a file: its contacts, what belongs to them, what was wrong, and the pointer past it, in one. */
export async function importPiece(tx: Tx, row: ImportRow, piece: ReadPiece): Promise<ImportCounts> {
  const choices = chosen(row, {});
  const { readable } = piece;
  const problems = [...piece.problems];
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
  const written = new Map<string, ReadRow>();
  const created = new Set<string>();
  const changed = new Set<string>();
  for (const outcome of outcomes) {
    const source = readable[outcome.index];
    if (!source) continue;
    if (outcome.kind === "failed" || outcome.id === null) {
      const faults = outcome.faults.map(({ message }) => ({ column: null, message }));
      const words = faults.map(({ message }) => (/[.?]$/.test(message) ? message : `${message}.`)).join(" ");
      problems.push({
        row: source.row,
        cells: source.cells,
        field: null,
        problem: words || "It could not be written.",
      });
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
    if (outcome.kind !== "skipped") written.set(outcome.id, source.read);
  }

  await writeNotes(tx, row, created, written);
  const added: RememberedChange[] = [];
  for (const { contactId, channel, lineId, before } of await writeConsents(tx, row, choices.options.consent, written)) {
    changed.add(contactId);
    added.push(remembered(contactId, `consent:${channel}`, before, lineId));
  }
  const { segmentId } = choices.options;
  // The list may have been archived since: that is no reason to lose the people.
  if (segmentId !== null && (await findListSegment(tx, segmentId)))
    for (const contactId of await addMembers(tx, segmentId, [...written.keys()])) {
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

/** Of new people only: the same file a second time must not say everything twice. */
async function writeNotes(tx: Tx, row: ImportRow, created: ReadonlySet<string>, written: ReadonlyMap<string, ReadRow>) {
  const now = tx.now();
  const notes = [...created].flatMap((contactId) => {
    const text = written.get(contactId)?.note;
    return text ? [{ id: uuidv7(now.getTime()), contactId, text }] : [];
  });
  await insertImportedNotes(tx.db, tx.tenantId, notes, {
    ...{ importId: row.id, authorId: row.createdBy, authorName: row.createdByName, now },
  });
}

type AssertedConsent = ReturnType<typeof chosen>["options"]["consent"];

/** What the file says by its columns goes before what was said of all. Answers of whom something new was taken down. */
async function writeConsents(
  tx: Tx,
  row: ImportRow,
  asserted: AssertedConsent,
  written: ReadonlyMap<string, ReadRow>,
): Promise<{ contactId: string; channel: Channel; lineId: string; before: FormerConsent | null }[]> {
  const sourceDetail = consentSource(row, asserted);
  const lines: ConsentInput[] = [...written].flatMap(([contactId, { consents }]) => {
    const own = new Set(consents.map(({ channel }) => channel));
    const all = (asserted?.channels ?? []).filter((channel) => !own.has(channel));
    return [...consents, ...all.map((channel) => ({ channel, isGranted: true }))].map(
      ({ channel, isGranted }): ConsentInput => ({
        contactId,
        channel,
        purpose: "marketing",
        state: isGranted ? "granted" : "denied",
        // A colleague who starts a list answers for it by name; of a program it is only an assertion.
        basis: row.isVouchedFor ? "express" : "caller_asserted",
        source: "import",
        sourceDetail,
        at: tx.now(),
      }),
    );
  });
  if (lines.length === 0) return [];
  const standing = new Map(
    (await loadStandingConsents(tx.db, tx.tenantId, [...written.keys()])).map(
      ({ contactId, channel, state, basis, expiresAt }) =>
        [`${contactId} ${channel}`, { state, basis, expiresAt }] as const,
    ),
  );
  // A yes that would outvote somebody's no is refused line by line; the person is in all the same.
  const outcomes = await recordConsents(tx, lines);
  return lines.flatMap(({ contactId, channel }, at) => {
    const outcome = outcomes[at];
    const before = standing.get(`${contactId} ${channel}`) ?? null;
    return outcome?.kind === "recorded" ? [{ contactId, channel, lineId: outcome.id, before }] : [];
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

export function consentSource(row: Pick<ImportRow, "id" | "fileName">, asserted: AssertedConsent): string {
  const file = `${row.fileName}, ${toWireId("import", row.id)}`;
  return asserted ? `${asserted.source} (${file})` : `The file ${file}`;
}
