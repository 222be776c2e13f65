import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { notes } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

export type NoteRow = typeof notes.$inferSelect;

export async function insertNote(
  db: Db,
  tenantId: TenantId,
  note: Pick<NoteRow, "id" | "contactId" | "text" | "authorId" | "authorName" | "createdAt"> & { metadata?: unknown },
): Promise<NoteRow> {
  const rows = await db
    .insert(notes)
    .values({ tenantId, ...note, updatedAt: note.createdAt })
    .returning();
  const [row] = rows;
  if (!row) throw new Error("The note was not written.");
  return row;
}

/** Newest first. */
export async function listNotes(
  db: Db,
  tenantId: TenantId,
  contactId: string,
  page: { beforeId?: string; skip?: number; limit: number },
): Promise<NoteRow[]> {
  return db
    .select()
    .from(notes)
    .where(
      and(
        eq(notes.tenantId, tenantId),
        eq(notes.contactId, contactId),
        page.beforeId ? lt(notes.id, page.beforeId) : undefined,
      ),
    )
    .orderBy(desc(notes.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function lockNote(db: Db, tenantId: TenantId, id: string): Promise<NoteRow | null> {
  const rows = await db
    .select()
    .from(notes)
    .where(and(eq(notes.tenantId, tenantId), eq(notes.id, id)))
    .for("update");
  return rows[0] ?? null;
}

export async function setNoteText(db: Db, tenantId: TenantId, id: string, text: string, now: Date): Promise<NoteRow> {
  const rows = await db
    .update(notes)
    .set({ text, updatedAt: now })
    .where(and(eq(notes.tenantId, tenantId), eq(notes.id, id)))
    .returning();
  const [row] = rows;
  if (!row) throw new Error("The note was not changed.");
  return row;
}

export async function deleteNote(db: Db, tenantId: TenantId, id: string): Promise<void> {
  await db.delete(notes).where(and(eq(notes.tenantId, tenantId), eq(notes.id, id)));
}
