import { listContactRowsOf } from "@/db/queries/contacts/contact-rows";
import type { ContactRow } from "@/lib/domain/contacts/shapes";
import type { Tx } from "../context";
import { toRow } from "./list-contacts";

/** Rows of a list by their ids; who is gone is left out. */
export async function loadContactRows(tx: Tx, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const rows = await listContactRowsOf(tx.db, tx.tenantId, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, toRow(row)]));
}
