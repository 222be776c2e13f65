import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * This transaction's commit does not wait for the disk. For a piece of an import: its rows and the pointer past them are one,
 * so where the machine dies both are gone and the piece is done again; and the log is written in order, so whatever is
 * committed after it, the end of the import too, waits for it.
 */
export async function commitBehind(db: Db): Promise<void> {
  await db.execute(sql`set local synchronous_commit = off`);
}
