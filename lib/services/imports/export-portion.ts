import { listContactsAfter } from "@/db/queries/contacts/list-contacts";
import { listDeclared } from "@/db/queries/imports/declared-attributes";
import { changeExport, type ExportRow, lockExport } from "@/db/queries/imports/exports";
import { consentColumns, exportColumns } from "@/lib/domain/imports/vocabulary";
import { csvRow } from "@/lib/kernel/csv";

import { conditionsOf } from "../contacts/list-contacts";
import { type Context, requireScope, type Tx, transaction } from "../context";
import type { ExportScope } from "./create-export";
import { cellsOf } from "./export-cells";

import { storeFile } from "./export-files";
import { loadSaid } from "./load-said";

const portionMs = 15_000;
const batch = 2_500;

/** Tells spreadsheets that it is UTF-8: without it they show every accent as two strange letters. */
const mark = "\ufeff";

/** Writes for a while. Each batch and the cursor past it are one transaction, so no contact is written twice or left out. */
export async function exportPortion(ctx: Context, id: string): Promise<{ isOver: boolean; rows: number }> {
  requireScope(ctx, "contacts:export");
  const until = performance.now() + portionMs;
  for (let rows = 0; ; ) {
    const written = await nextBatch(ctx, id);
    if (written === null) return { isOver: true, rows };
    rows += written;
    if (performance.now() > until) return { isOver: false, rows };
  }
}

async function nextBatch(ctx: Context, id: string): Promise<number | null> {
  return transaction(ctx, async (tx) => {
    const row = await lockExport(tx.db, tx.tenantId, id);
    if (row?.kind !== "contacts" || (row.state !== "waiting" && row.state !== "running")) return null;
    const now = tx.now();
    const { filter, columns, attributes } = row.scope as unknown as WrittenScope;
    if (row.state === "waiting") {
      await begin(tx, row, columns ?? exportColumns);
      return 0;
    }
    const contacts = await listContactsAfter(tx.db, tx.tenantId, conditionsOf(filter), row.cursor, batch);
    const last = contacts.at(-1);
    if (last === undefined) {
      await changeExport(tx.db, tx.tenantId, id, { state: "done", endedAt: now }, now);
      return null;
    }
    const wanted = columns ?? exportColumns;
    const isTold = consentColumns.some((column) => wanted.includes(column));
    const said = await loadSaid(tx, isTold ? contacts.map((contact) => contact.id) : []);
    const lines = contacts.map((contact) =>
      csvRow(cellsOf(contact, said.get(contact.id) ?? {}, wanted, attributes ?? [])),
    );
    // Numbered by what stands before it, so the pieces are in order however large each is.
    await storeFile(tx, id, row.done + 1, Buffer.from(lines.join(""), "utf8"));
    const done = row.done + contacts.length;
    await changeExport(tx.db, tx.tenantId, id, { cursor: last.id, done, rows: Math.max(row.rows, done) }, now);
    return contacts.length;
  });
}

/** The scope with the attributes that were declared when the file was begun: its columns must not change on the way. */
type WrittenScope = ExportScope & { attributes?: string[] };

/** What follows from other facts must not come back as something that somebody said, when the file is imported again. */
const headings: Record<string, string> = { customer_type: "customer_type_derived" };

async function begin(tx: Tx, row: ExportRow, columns: readonly string[]): Promise<void> {
  const attributes = columns.includes("attributes")
    ? (await listDeclared(tx.db, tx.tenantId)).map(({ key }) => key)
    : [];
  const plain = columns.filter((column) => column !== "attributes").map((column) => headings[column] ?? column);
  // An attribute that is called like a column of ours stands under a name of its own.
  const named = attributes.map((key) =>
    (exportColumns as readonly string[]).includes(key) ? `attribute_${key}` : key,
  );
  await storeFile(tx, row.id, 0, Buffer.from(mark + csvRow([...plain, ...named]), "utf8"));
  await changeExport(tx.db, tx.tenantId, row.id, { state: "running", scope: { ...row.scope, attributes } }, tx.now());
}
