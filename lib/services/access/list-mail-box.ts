import { findMail, listMails } from "@/db/queries/access/mail-outbox";
import { asGate } from "@/db/system";
import { isUuid } from "@/lib/kernel/ids";

/** Letters that no provider carried, newest first. Who may read them is for the page to decide: `mailBoxVisibility`. */
export async function listMailBox(limit = 100) {
  const rows = await asGate((db) => listMails(db, limit));
  return rows.map(({ id, recipient, subject, createdAt }) => ({ id, to: recipient, subject, at: createdAt }));
}

export async function readMailBox(id: string) {
  if (!isUuid(id)) return null;
  const row = await asGate((db) => findMail(db, id));
  return (
    row && { id: row.id, to: row.recipient, subject: row.subject, text: row.text, html: row.html, at: row.createdAt }
  );
}
