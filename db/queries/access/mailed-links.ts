import { and, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { mailedLinks } from "@/db/schema/access";
import type { LinkPurpose } from "@/lib/domain/access/vocabulary";

export type NewMailedLink = {
  tokenHash: string;
  purpose: LinkPurpose;
  email: string;
  personId: string | null;
  payload: Record<string, unknown>;
  expiresAt: Date;
};

export async function insertMailedLink(db: Db, link: NewMailedLink) {
  await db.insert(mailedLinks).values(link);
}

/** A guarded move from unused to used: of two clicks on one link, the later gets null. */
export async function spendMailedLink(db: Db, tokenHash: string, purpose: LinkPurpose, now: Date) {
  const rows = await db
    .update(mailedLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(mailedLinks.tokenHash, tokenHash),
        eq(mailedLinks.purpose, purpose),
        isNull(mailedLinks.usedAt),
        gt(mailedLinks.expiresAt, now),
      ),
    )
    .returning();
  return rows[0] ?? null;
}

/** After a password change the links that were mailed before open nothing any more. */
export async function expireLinksOf(db: Db, personId: string, now: Date) {
  await db
    .update(mailedLinks)
    .set({ usedAt: now })
    .where(and(eq(mailedLinks.personId, personId), isNull(mailedLinks.usedAt)));
}
