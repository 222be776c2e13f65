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

/** The link, if it would open something now: asked before work is done that only its holder may cause. */
export async function findLiveMailedLink(db: Db, tokenHash: string, purpose: LinkPurpose, now: Date) {
  const rows = await db
    .select()
    .from(mailedLinks)
    .where(isLive(tokenHash, purpose, now));
  return rows[0] ?? null;
}

function isLive(tokenHash: string, purpose: LinkPurpose, now: Date) {
  return and(
    eq(mailedLinks.tokenHash, tokenHash),
    eq(mailedLinks.purpose, purpose),
    isNull(mailedLinks.usedAt),
    gt(mailedLinks.expiresAt, now),
  );
}

/** A guarded move from unused to used: of two clicks on one link, the later gets null. */
export async function spendMailedLink(db: Db, tokenHash: string, purpose: LinkPurpose, now: Date) {
  const rows = await db
    .update(mailedLinks)
    .set({ usedAt: now })
    .where(isLive(tokenHash, purpose, now))
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
