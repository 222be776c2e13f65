import { changeImport, type ImportRow } from "@/db/queries/imports/imports";
import type { Import, ImportChanges, MappedColumn } from "@/lib/domain/imports/shapes";
import { type Context, requireScope, transaction } from "../context";
import { type Choices, checkChoices } from "./check-choices";
import { holdImport } from "./hold-import";
import { optionsOf, toImport } from "./to-import";

export async function updateImport(ctx: Context, id: string, changes: ImportChanges): Promise<Import> {
  requireScope(ctx, "contacts:bulk");
  return transaction(ctx, async (tx) => {
    const row = await holdImport(tx, id, "change");
    const choices = chosen(row, changes);
    await checkChoices(tx, row.header ?? [], choices);
    const changed = await changeImport(tx.db, tx.tenantId, id, "ready", choices, tx.now());
    if (!changed) throw new Error("An import that was held has changed.");
    return toImport(changed, tx.now());
  });
}

/** What was chosen before, and what is chosen now. */
export function chosen(row: ImportRow, changes: ImportChanges): Choices {
  return {
    mapping: changes.mapping ?? ((row.mapping ?? []) as MappedColumn[]),
    policy: changes.policy ?? row.policy,
    options: { ...optionsOf(row), ...changes.options },
  };
}
