import type { z } from "zod";
import {
  deleteNote,
  insertNote,
  listNotes as list,
  lockNote,
  type NoteRow,
  setNoteText,
} from "@/db/queries/contacts/notes";
import { lockContacts } from "@/db/queries/contacts/score-facts";
import { findContactId } from "@/db/queries/contacts/timeline";
import type { NewNoteRequest, Note } from "@/lib/domain/contacts/task-shapes";
import { page, readCursor } from "@/lib/kernel/cursor";
import { AppError, notFound } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import type { listQuery } from "@/lib/kernel/wire";
import { type Context, read, requireScope, type Tx, transaction } from "../context";

/** The id under which the contact is found now, kept from being merged or erased until the transaction ends. */
export async function holdContact(tx: Tx, id: string): Promise<string> {
  const found = await findContactId(tx.db, tx.tenantId, id);
  const [held] = found ? await lockContacts(tx.db, tx.tenantId, [found]) : [];
  if (!held) throw notFound("contact");
  return held;
}

export async function writeNote(
  ctx: Context,
  contactId: string,
  request: z.output<typeof NewNoteRequest>,
): Promise<Note> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    const { actor } = tx;
    const row = await insertNote(tx.db, tx.tenantId, {
      id: uuidv7(tx.now().getTime()),
      contactId: await holdContact(tx, contactId),
      text: request.text,
      authorId: actor.kind === "person" ? actor.id : null,
      authorName: actor.name,
      createdAt: tx.now(),
      metadata: request.metadata,
    });
    return toNote(row);
  });
}

export async function listNotes(ctx: Context, contactId: string, query: z.output<typeof listQuery>) {
  requireScope(ctx, "contacts:read");
  const beforeId = readCursor(query.cursor, "uuid");
  return read(ctx, async (tx) => {
    const id = await findContactId(tx.db, tx.tenantId, contactId);
    if (!id) throw notFound("contact");
    const rows = await list(tx.db, tx.tenantId, id, { beforeId, skip: query.skip, limit: query.limit + 1 });
    const { items, nextCursor } = page(rows, query.limit, (row) => row.id);
    return { items: items.map(toNote), nextCursor };
  });
}

export async function changeNote(ctx: Context, id: string, { text }: { text: string }): Promise<Note> {
  requireScope(ctx, "contacts:write");
  return transaction(ctx, async (tx) => {
    await holdNote(tx, id);
    return toNote(await setNoteText(tx.db, tx.tenantId, id, text, tx.now()));
  });
}

export async function removeNote(ctx: Context, id: string): Promise<void> {
  requireScope(ctx, "contacts:write");
  await transaction(ctx, async (tx) => {
    await holdNote(tx, id);
    await deleteNote(tx.db, tx.tenantId, id);
  });
}

/** A note is its author's word: only who wrote it, or an admin, changes it. */
async function holdNote(tx: Tx, id: string): Promise<void> {
  const note = await lockNote(tx.db, tx.tenantId, id);
  if (!note) throw notFound("note");
  const { actor } = tx;
  if (actor.kind !== "person" || note.authorId === actor.id || actor.role === "owner" || actor.role === "admin") return;
  throw new AppError("forbidden", "Only who wrote a note, or an admin, can change it.", { reason: "not_author" });
}

function toNote(row: NoteRow): Note {
  const { id, contactId, text, authorId, authorName, createdAt, updatedAt } = row;
  const metadata = (row.metadata ?? null) as Note["metadata"];
  return { id, contactId, text, author: { id: authorId, name: authorName }, metadata, createdAt, updatedAt };
}
