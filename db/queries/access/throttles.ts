import { eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { throttles } from "@/db/schema/access";
import type { ThrottleState } from "@/lib/domain/access/throttle";

export async function findThrottles(db: Db, buckets: string[]): Promise<Map<string, ThrottleState>> {
  const rows = await db.select().from(throttles).where(inArray(throttles.bucket, buckets));
  return new Map(rows.map((row) => [row.bucket, row]));
}

/** Locks the bucket's row, so that attempts in parallel are counted one by one. */
export async function lockThrottle(db: Db, bucket: string, now: Date): Promise<ThrottleState | null> {
  await db.insert(throttles).values({ bucket, attempts: 0, windowEndsAt: now }).onConflictDoNothing();
  const rows = await db.select().from(throttles).where(eq(throttles.bucket, bucket)).for("update");
  return rows[0] ?? null;
}

export async function saveThrottle(db: Db, bucket: string, state: ThrottleState) {
  await db
    .update(throttles)
    .set({ attempts: state.attempts, windowEndsAt: state.windowEndsAt, blockedUntil: state.blockedUntil })
    .where(eq(throttles.bucket, bucket));
}

export async function clearThrottle(db: Db, bucket: string) {
  await db.delete(throttles).where(eq(throttles.bucket, bucket));
}
