import { findPieceFrom } from "@/db/queries/imports/file-pieces";
import { findImport, type ImportRow } from "@/db/queries/imports/imports";
import { refusalOf } from "@/lib/domain/imports/acts";
import type { ImportChanges, ImportPreview } from "@/lib/domain/imports/shapes";
import { AppError, notFound } from "@/lib/kernel/errors";
import { writeContacts } from "../contacts/write-contacts";
import { type Context, requireScope, type Tx, transaction } from "../context";
import { type Choices, checkChoices } from "./check-choices";
import { declareAttributes } from "./declare-attributes";
import { faultsInWords, loadRowReader, rowsOf } from "./load-reading-facts";
import type { ReadRow, RowReader } from "./read-rows";
import { chosen } from "./update-import";

const mostShown = 20;
const mostLooked = 2_000;
const mostGroups = 100;
const samplesOf = { rows: 200, values: 3, characters: 80 };

/**
 * What the file would do: the first rows are really written, by the very function that the import writes with, in a
 * transaction that is then given up. So the preview cannot promise anything else than what will be.
 */
export async function previewImport(ctx: Context, id: string, changes: ImportChanges): Promise<ImportPreview> {
  requireScope(ctx, "contacts:bulk");
  const { idempotency: _, ...plain } = ctx;
  const preview = await givenUp(plain, async (tx) => {
    const row = await findImport(tx.db, tx.tenantId, id);
    if (!row) throw notFound("import");
    const refusal = refusalOf("change", row.state);
    if (refusal) throw new AppError("conflict", refusal, { reason: `import_${row.state}` });
    const choices = chosen(row, changes);
    await checkChoices(tx, row.header ?? [], choices);
    return look(tx, row, choices);
  });
  // A program's key is kept with the answer like everywhere, though nothing was written.
  return transaction(ctx, async () => preview);
}

/** Carries what was seen out of a transaction that leaves nothing behind. */
class Seen<Result> extends Error {
  constructor(readonly result: Result) {
    super("This transaction is given up on purpose.");
  }
}

async function givenUp<Result>(ctx: Context, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  try {
    await transaction(ctx, async (tx) => {
      throw new Seen(await work(tx));
    });
  } catch (error) {
    if (error instanceof Seen) return error.result as Result;
    throw error;
  }
  throw new Error("A preview was kept.");
}

type Looked = { row: number; cells: string[]; problem: string | null; read: ReadRow | null };

async function look(tx: Tx, row: ImportRow, choices: Choices): Promise<ImportPreview> {
  const header = row.header ?? [];
  await declareAttributes(tx, choices.options.newAttributes);
  const reader = await loadRowReader(tx, row, choices);
  const looked: Looked[] = [];
  for (let seq = 0; looked.length < mostLooked; ) {
    const piece = await findPieceFrom(tx.db, tx.tenantId, row.id, seq);
    if (!piece) break;
    for (const { row: number, cells, problem } of rowsOf(row, piece).slice(0, mostLooked - looked.length))
      looked.push({ row: number, cells, problem: problem ?? null, read: problem ? null : reader.read(cells) });
    seq = piece.seq + 1;
  }
  return {
    columns: header.map((name, column) => ({ column, header: name, samples: samplesFrom(looked, column) })),
    rows: await firstRows(tx, row, choices, reader, looked.slice(0, mostShown)),
    problems: groupsOf(header, looked),
    looked: looked.length,
    faulty: looked.filter(({ problem, read }) => problem !== null || !read?.profile).length,
  };
}

function samplesFrom(looked: readonly Looked[], column: number): string[] {
  const seen = new Set<string>();
  for (const { cells } of looked.slice(0, samplesOf.rows)) {
    const value = cells[column]?.trim().slice(0, samplesOf.characters);
    if (value) seen.add(value);
    if (seen.size === samplesOf.values) break;
  }
  return [...seen];
}

async function firstRows(tx: Tx, row: ImportRow, choices: Choices, reader: RowReader, looked: readonly Looked[]) {
  const header = row.header ?? [];
  const readable = looked.flatMap((each) => (each.read?.profile ? [{ each, profile: each.read.profile }] : []));
  const outcomes = await writeContacts(
    tx,
    readable.map(({ profile }) => ({ profile })),
    { policy: choices.policy, match: choices.options.match, importId: row.id, at: tx.now() },
  );
  const outcomeOf = new Map(outcomes.map((outcome) => [readable[outcome.index]?.each, outcome]));
  return looked.map((each) => {
    const outcome = outcomeOf.get(each);
    const unwritten = (outcome?.faults ?? []).map(({ pointer, message }) => ({
      column: reader.columnOf(pointer, each.cells),
      message,
    }));
    const problems = [
      ...(each.problem ? [`The row ${each.problem}.`] : []),
      ...faultsInWords(header, [...(each.read?.faults ?? []), ...unwritten]),
    ];
    return { row: each.row, outcome: outcome?.kind ?? ("failed" as const), fields: fieldsOf(choices, each), problems };
  });
}

/** Each mapped column as it was understood; a cell that was not understood is shown as it stands. */
function fieldsOf({ mapping }: Choices, { cells, read }: Looked): { target: string; value: string }[] {
  const { profile } = read ?? {};
  const known: Record<string, string | null | undefined> = profile
    ? {
        ...{ name: profile.name, first_name: profile.firstName, last_name: profile.lastName },
        ...{ email: profile.email, phone: profile.phone, external_id: profile.externalId, locale: profile.locale },
        ...{ tags: profile.tags?.join(", "), company: profile.company, stage: profile.stage },
      }
    : {};
  const attributes = new Map(profile?.attributes?.map(({ key, value }) => [`attribute:${key}`, String(value ?? "")]));
  return mapping.flatMap(({ column, target }) => {
    if (target === null) return [];
    const value = known[target] ?? attributes.get(target) ?? cells[column] ?? "";
    return [{ target, value: value.slice(0, 200) }];
  });
}

/** One line for each kind of fault in a column: what a cell says is left out of the sentence, so that alike stay alike. */
function groupsOf(header: readonly string[], looked: readonly Looked[]): ImportPreview["problems"] {
  const groups = new Map<string, ImportPreview["problems"][number]>();
  const add = (column: number | null, problem: string, row: number) => {
    const alike = problem.replace(/"[^"]*"/g, "A value").replace(/has \d+ (characters|cells)/, "has too many $1");
    const key = `${column} ${alike}`;
    const group = groups.get(key);
    if (group) group.rows += 1;
    else {
      const name = column === null ? null : (header[column] ?? null);
      groups.set(key, { column, header: name, problem: alike, rows: 1, firstRow: row });
    }
  };
  for (const { row, problem, read } of looked) {
    if (problem) add(null, problem, row);
    for (const fault of read?.faults ?? []) add(fault.column, fault.message, row);
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows).slice(0, mostGroups);
}
