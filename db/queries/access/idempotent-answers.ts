import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idempotentAnswers as answers } from "@/db/schema/access";
import type { TenantId } from "@/lib/kernel/tenant";

type Request = { callerId: string; route: string; key: string };
const lifetime = sql`interval '24 hours'`;

/** False while another request under the same key is still in its transaction; the lock ends with ours. */
export async function lockAnswer(db: Db, tenantId: TenantId, request: Request): Promise<boolean> {
  const name = JSON.stringify([tenantId, request.callerId, request.route, request.key]);
  const rows = await db.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as locked`,
  );
  return rows[0]?.locked ?? false;
}

export async function findAnswer(db: Db, tenantId: TenantId, request: Request) {
  const rows = await db
    .select({ requestHash: answers.requestHash, status: answers.status, body: answers.body })
    .from(answers)
    .where(and(isOf(tenantId, request), sql`${answers.createdAt} > now() - ${lifetime}`));
  return rows[0] ?? null;
}

/** An answer that outlived its day is replaced: after it the same key is a new request. */
export async function insertAnswer(
  db: Db,
  tenantId: TenantId,
  answer: Request & { requestHash: string; status: number; body: string; createdAt: Date },
) {
  const { callerId, route, key, requestHash, status, body, createdAt } = answer;
  await db
    .insert(answers)
    .values({ tenantId, callerId, route, key, requestHash, status, body, createdAt })
    .onConflictDoUpdate({
      target: [answers.tenantId, answers.callerId, answers.route, answers.key],
      set: { requestHash, status, body, createdAt },
      setWhere: sql`${answers.createdAt} <= now() - ${lifetime}`,
    });
}

function isOf(tenantId: TenantId, request: Request) {
  return and(
    eq(answers.tenantId, tenantId),
    eq(answers.callerId, request.callerId),
    eq(answers.route, request.route),
    eq(answers.key, request.key),
  );
}
