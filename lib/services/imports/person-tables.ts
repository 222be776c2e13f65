import { deletePieces } from "@/db/queries/imports/file-pieces";
import { deleteExportsOf, listImportLines } from "@/db/queries/imports/person-imports";
import { toWireId } from "@/lib/kernel/ids";
import type { PersonTable, TimelineSource } from "../contacts/person-data";
import { ownRows, rowsOfTable } from "../contacts/person-rows";

/**
 * Where imports and exports know a person. Rows that could not be taken in belong to nobody yet: they go by retention, and an
 * erasure takes those in which the person's addresses stand.
 */
export const importTables: PersonTable[] = [
  {
    table: "exports",
    holds: "Files with a person's own data, made on request and kept for a day",
    async erase(tx, contactId) {
      const ids = await deleteExportsOf(tx.db, tx.tenantId, contactId);
      for (const id of ids) await deletePieces(tx.db, tx.tenantId, id);
      return ids.length;
    },
    export: rowsOfTable("exports", ["scope", "cursor", "created_by"]),
    merge: ownRows("exports"),
  },
];

/** Which files a contact came with, or was changed by. */
export const importTimeline: TimelineSource = {
  kinds: ["import"],
  async load(tx, contactId, place) {
    const rows = await listImportLines(tx.db, tx.tenantId, contactId, place);
    return rows.map(({ id, at, import_id, file_name, is_new, created_by_name }) => ({
      id,
      kind: "import",
      at,
      actor: created_by_name,
      title: is_new ? `Came with the file ${file_name}` : `Changed by the file ${file_name}`,
      detail: null,
      channel: null,
      href: `/contacts/imports/${toWireId("import", import_id)}`,
    }));
  },
};
