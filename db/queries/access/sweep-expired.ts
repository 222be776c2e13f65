import { and, isNull, lt, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idempotentAnswers, mailedLinks, mailOutbox, sessions, throttles } from "@/db/schema/access";
import { sessionLife } from "@/lib/domain/access/session";
import { addMs, dayMs } from "@/lib/kernel/time";

/** Takes away what has outlived its use, for all tenants: nothing that is still good for anything. */
export async function sweepExpired(db: Db, now: Date): Promise<Record<string, number>> {
  const gone = {
    sessions: await db
      .delete(sessions)
      .where(or(lt(sessions.expiresAt, now), lt(sessions.lastSeenAt, addMs(now, -sessionLife.idleMs))))
      .returning({ one: sql`1` }),
    mailedLinks: await db
      .delete(mailedLinks)
      .where(lt(mailedLinks.expiresAt, addMs(now, -dayMs)))
      .returning({ one: sql`1` }),
    throttles: await db
      .delete(throttles)
      .where(and(lt(throttles.windowEndsAt, now), or(isNull(throttles.blockedUntil), lt(throttles.blockedUntil, now))))
      .returning({ one: sql`1` }),
    mails: await db
      .delete(mailOutbox)
      .where(lt(mailOutbox.createdAt, addMs(now, -30 * dayMs)))
      .returning({ one: sql`1` }),
    answers: await db
      .delete(idempotentAnswers)
      .where(lt(idempotentAnswers.createdAt, addMs(now, -dayMs)))
      .returning({ one: sql`1` }),
  };
  return Object.fromEntries(Object.entries(gone).map(([name, rows]) => [name, rows.length]));
}
