import { countNamed, findNamed, insertNamed, type Named, type NamedTable } from "@/db/queries/contacts/named";
import { nameKey } from "@/lib/domain/contacts/name-key";
import type { Tx } from "../context";

/** More tags than anybody can tell apart: a column of free text was taken for tags. */
export const mostTags = 5_000;

/**
 * The rows of these names by their keys, made where they are missing. New tags beyond the most that a workspace may have
 * are not made, and then not in the answer.
 */
export async function resolveNamed(
  tx: Tx,
  table: NamedTable,
  names: Iterable<string>,
  at: Date,
): Promise<Map<string, Named>> {
  const wanted = new Map<string, string>();
  for (const name of names) if (!wanted.has(nameKey(name))) wanted.set(nameKey(name), name);
  const known = byKey(await findNamed(tx.db, tx.tenantId, table, [...wanted.keys()]));
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([key, name]) => ({ name, nameKey: key }));
  if (missing.length === 0) return known;
  const room = table === "tags" ? mostTags - (await countNamed(tx.db, tx.tenantId, table)) : missing.length;
  await insertNamed(tx.db, tx.tenantId, table, missing.slice(0, Math.max(0, room)), at);
  return byKey(await findNamed(tx.db, tx.tenantId, table, [...wanted.keys()]));
}

const byKey = (rows: readonly Named[]) => new Map(rows.map((row) => [row.nameKey, row]));
