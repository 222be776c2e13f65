import {
  deleteRows,
  insertRows,
  moveRows,
  moveRowsBack,
  photographRows,
  shareRows,
} from "@/db/queries/contacts/person-rows";
import type { Tx } from "../context";
import type { Merging, PersonTable } from "./person-data";

/** For tables whose rows have a key of their own: the loser's become the winner's, and go back. */
export function ownRows(table: string, column = "contact_id"): Merging {
  return {
    join: (tx, { winnerId, loserId }) => moveRows(tx.db, tx.tenantId, table, column, loserId, winnerId),
    part: (tx, { winnerId, loserId }, memory) =>
      moveRowsBack(tx.db, tx.tenantId, table, column, {
        keys: memory as string[],
        from: winnerId,
        to: loserId,
      }),
  };
}

type Shared = { lines: string[]; added: string[] };

/** For tables in which a person has each thing once: the winner gets what was lacking and keeps what was there. */
export function sharedRows(table: string, column = "contact_id"): Merging {
  return {
    async join(tx, { winnerId, loserId }): Promise<Shared> {
      const rows = await photographRows(tx.db, tx.tenantId, table, column, [loserId]);
      const added = await shareRows(tx.db, tx.tenantId, table, column, loserId, winnerId);
      return { lines: rows.map(({ line }) => line), added };
    },
    async part(tx, _, memory) {
      const { lines, added } = memory as Shared;
      await deleteRows(tx.db, tx.tenantId, table, added);
      await insertRows(tx.db, tx.tenantId, table, lines);
    },
  };
}

/** For tables that stay the loser's own: they go with it and come back with it. */
export function keptRows(table: string, column = "contact_id"): Merging {
  return {
    join: async (tx, { loserId }) => {
      const rows = await photographRows(tx.db, tx.tenantId, table, column, [loserId]);
      return rows.map(({ line }) => line);
    },
    part: async (tx, _, memory) => {
      await insertRows(tx.db, tx.tenantId, table, memory as string[]);
    },
  };
}

/** Hands out the rows as they stand, under the names of the columns, without what is only ours to know. */
export function rowsOfTable(table: string, without: readonly string[] = []): PersonTable["export"] {
  const hidden = new Set(["tenant_uuid", "contact_id", ...without]);
  return async (tx: Tx, contactId: string) => {
    const rows = await photographRows(tx.db, tx.tenantId, table, "contact_id", [contactId]);
    return rows.map(({ line }) =>
      Object.fromEntries(Object.entries(JSON.parse(line) as object).filter(([name]) => !hidden.has(name))),
    );
  };
}
