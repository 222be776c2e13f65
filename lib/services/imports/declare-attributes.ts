import { declareMissing } from "@/db/queries/imports/declared-attributes";
import type { ImportOptions } from "@/lib/domain/imports/shapes";
import type { Tx } from "../context";

/** The attributes that columns of the file become. One that is declared meanwhile keeps the type it has. */
export async function declareAttributes(tx: Tx, wanted: ImportOptions["newAttributes"]): Promise<void> {
  await declareMissing(tx.db, tx.tenantId, wanted, tx.now());
}
