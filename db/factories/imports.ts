import { changeExport, insertExport, type NewExport } from "@/db/queries/imports/exports";
import { insertPiece } from "@/db/queries/imports/file-pieces";
import { insertProblems } from "@/db/queries/imports/import-problems";
import { changeImport, type ImportChange, insertImport } from "@/db/queries/imports/imports";
import { withTenant } from "@/db/tenant";
import type { ExportState, ImportState } from "@/lib/domain/imports/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs } from "@/lib/kernel/time";

/** A file of two columns that lies here, mapped and in the state that is asked for. */
export async function makeImport(
  tenantId: TenantId,
  overrides: ImportChange & { state?: ImportState; fileName?: string; text?: string; createdAt?: Date } = {},
) {
  const { state = "ready", fileName = "kliyan.csv", text = defaultText, createdAt = new Date(), ...change } = overrides;
  const id = uuidv7(createdAt.getTime());
  const rows = text.trimEnd().split("\n").length;
  await withTenant(tenantId, "read write", async (db) => {
    await insertImport(db, tenantId, {
      ...{ id, fileName, createdAt },
      ...{ createdBy: null, createdByName: "Darline Joachim", metadata: null },
    });
    const bytes = Buffer.from(text);
    await insertPiece(db, tenantId, id, { seq: 0, firstRow: 2, rows, bytes, createdAt });
    await changeImport(
      db,
      tenantId,
      id,
      "uploading",
      {
        ...{ state, encoding: "utf-8", delimiter: ",", header: ["Name", "E-mail"], rows, bytes: bytes.length },
        ...{ fileHash: "0".repeat(64), mapping: defaultMapping, ...change },
      },
      createdAt,
    );
  });
  return { id, rows };
}

const defaultText = "Mirlande Pierre,mirlande@example.test\r\nJosette Alcindor,josette@example.test\r\n";
const defaultMapping = [
  { column: 0, target: "name", sure: true, because: "The heading says so" },
  { column: 1, target: "email", sure: true, because: "The heading says so" },
];

export async function makeProblem(tenantId: TenantId, importId: string, row = 2) {
  const problem = { row, field: "email", problem: "This is not an e-mail address.", cells: ["Mirlande", "at home"] };
  await withTenant(tenantId, "read write", (db) => insertProblems(db, tenantId, importId, [problem], new Date()));
}

/** An export with its file. */
export async function makeExport(
  tenantId: TenantId,
  overrides: Partial<NewExport> & { state?: ExportState; text?: string } = {},
) {
  const { state = "done", text = "Name\r\nMirlande\r\n", createdAt = new Date(), ...columns } = overrides;
  const id = columns.id ?? uuidv7(createdAt.getTime());
  await withTenant(tenantId, "read write", async (db) => {
    await insertExport(db, tenantId, {
      ...{ id, kind: "contacts", fileName: "contacts.csv", contentType: "text/csv; charset=utf-8" },
      ...{ scope: { filter: {}, columns: null }, createdBy: null, createdByName: "Darline Joachim" },
      ...{ expiresAt: addMs(createdAt, dayMs), createdAt, bytes: text.length, ...columns },
    });
    if (state === "done") await insertPiece(db, tenantId, id, { seq: 0, bytes: Buffer.from(text), createdAt });
    await changeExport(db, tenantId, id, { state, done: 1, rows: 1 }, createdAt);
  });
  return { id };
}
