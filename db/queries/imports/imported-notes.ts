import type { Db } from "@/db/client";
import { notes } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

/** Notes that came with a file carry its id, so that an undo tells them from what somebody wrote since. */
export async function insertImportedNotes(
  db: Db,
  tenantId: TenantId,
  rows: { id: string; contactId: string; text: string }[],
  from: { importId: string; authorId: string | null; authorName: string; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  const { importId, authorId, authorName, now } = from;
  const metadata = { import: importId };
  await db
    .insert(notes)
    .values(rows.map((row) => ({ tenantId, ...row, authorId, authorName, metadata, createdAt: now, updatedAt: now })));
}
