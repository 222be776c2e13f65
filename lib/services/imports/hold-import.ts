import { type ImportRow, lockImport } from "@/db/queries/imports/imports";
import { refusalOf } from "@/lib/domain/imports/acts";
import type { ImportAct } from "@/lib/domain/imports/vocabulary";
import { AppError, notFound } from "@/lib/kernel/errors";
import type { Tx } from "../context";

/** The import, held until the end of the transaction, if the act is possible with it as it stands. */
export async function holdImport(tx: Tx, id: string, act: ImportAct): Promise<ImportRow> {
  const row = await lockImport(tx.db, tx.tenantId, id);
  if (!row) throw notFound("import");
  const refusal = refusalOf(act, row.state);
  if (refusal) throw new AppError("conflict", refusal, { reason: `import_${row.state}` });
  return row;
}
