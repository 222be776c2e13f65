import { listMembers } from "@/db/queries/access/members";
import { findWorkspace } from "@/db/queries/access/workspaces";
import { findPieceFrom } from "@/db/queries/imports/file-pieces";
import type { ImportRow } from "@/db/queries/imports/imports";
import { parsePiece } from "@/lib/domain/contacts/csv/parse-piece";
import { countryOfZone } from "@/lib/domain/contacts/zone-country";
import type { Tx } from "../context";
import type { Choices } from "./check-choices";
import { loadAttributes } from "./load-attributes";
import { type ReadingFacts, type ReadRow, type RowReader, rowReader } from "./read-rows";

const mostMembers = 2_000;

/** How the rows of this file are read. Made of the file's beginning, so each piece is read like the first one. */
export async function loadRowReader(tx: Tx, row: ImportRow, choices: Choices): Promise<RowReader> {
  const first = await findPieceFrom(tx.db, tx.tenantId, row.id, 0);
  const samples = first ? rowsOf(row, first).map(({ cells }) => cells) : [];
  return rowReader(choices.mapping, choices.options, samples, await loadFacts(tx, choices));
}

async function loadFacts(tx: Tx, { mapping, options }: Choices): Promise<ReadingFacts> {
  const declared = await loadAttributes(tx);
  const workspace = await findWorkspace(tx.db, tx.tenantId);
  const hasOwners = mapping.some(({ target }) => target === "owner");
  const members = hasOwners ? await listMembers(tx.db, tx.tenantId, {}, { limit: mostMembers }) : [];
  // In a preview the new attributes are not declared yet; what they will be is known all the same.
  const coming = options.newAttributes.filter(({ key }) => !declared.some((known) => known.key === key));
  const all = [...declared, ...coming.map(({ key, type }) => ({ id: comingId, key, type }))];
  return {
    attributes: new Map(all.map(({ id, key, type }) => [key, { id, type }])),
    attributeTypes: new Map(all.map(({ key, type }) => [key, type])),
    owners: new Map(
      members.flatMap(({ personId, name, email }) => [
        [name.toLowerCase(), personId] as const,
        [email.toLowerCase(), personId] as const,
      ]),
    ),
    readPhone: (text, country) => tx.ports.phones.read(text, country),
    country: options.defaultCountry ?? (workspace ? countryOfZone(workspace.timeZone) : null),
  };
}

/** Stands for the id of an attribute that the start of the import will declare. */
export const comingId = "00000000-0000-0000-0000-000000000000";

/** The rows of a piece, as they stand in the file. */
export function rowsOf(
  { delimiter, header }: Pick<ImportRow, "delimiter" | "header">,
  { bytes, firstRow }: { bytes: Buffer; firstRow: number },
) {
  const shape = { delimiter: delimiter ?? ",", columns: header?.length ?? 0, firstRow };
  return parsePiece(bytes.toString("utf8"), shape);
}

/** A row's faults in a sentence each: the heading, then what is wrong behind it. */
export function faultsInWords(header: readonly string[], faults: ReadRow["faults"]): string[] {
  return faults.map(({ column, message }) => {
    const sentence = /[.?]$/.test(message) ? message : `${message}.`;
    if (column !== null) return `${header[column] ?? `Column ${column + 1}`}: ${sentence}`;
    return /^[A-Z]/.test(sentence) ? sentence : `The row ${sentence}`;
  });
}
