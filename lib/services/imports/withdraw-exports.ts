import { deletePieces } from "@/db/queries/imports/file-pieces";
import { withdrawExports as withdraw } from "@/db/queries/imports/withdraw-exports";
import type { Tx } from "../context";

/** Files of contacts that may hold somebody who has just been erased. Nobody reads through them: they can be made again. */
export async function withdrawExports(tx: Tx): Promise<number> {
  const ids = await withdraw(tx.db, tx.tenantId, "Somebody who may stand in it was erased. Export again.", tx.now());
  for (const id of ids) await deletePieces(tx.db, tx.tenantId, id);
  return ids.length;
}
