import { desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { mailOutbox } from "@/db/schema/access";
import type { Mail } from "@/lib/domain/access/ports";

export async function insertMail(db: Db, mail: Mail & { id: string; at: Date }) {
  const { id, to, subject, text, html, idempotencyKey, at } = mail;
  await db
    .insert(mailOutbox)
    .values({ id, recipient: to, subject, text, html, idempotencyKey, createdAt: at })
    .onConflictDoNothing({ target: mailOutbox.idempotencyKey });
}

export async function listMails(db: Db, limit: number) {
  return db.select().from(mailOutbox).orderBy(desc(mailOutbox.createdAt)).limit(limit);
}

export async function findMail(db: Db, id: string) {
  const rows = await db.select().from(mailOutbox).where(eq(mailOutbox.id, id));
  return rows[0] ?? null;
}
