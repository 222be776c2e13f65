import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { scoreChanges, scoreModels } from "@/db/schema/contacts";
import type { Grade } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";

export type ScoredContact = {
  id: string;
  score: number;
  grade: Grade;
  reasons: { points: number; says: string; part: "fit" | "behaviour" }[];
};

/**
 * Saves scores and the day's line of the history, in one statement each. `updated_at` stays: a score follows from what
 * others did, and an undo asks whether people changed the contact.
 */
export async function saveScores(db: Db, tenantId: TenantId, rows: readonly ScoredContact[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    update contacts c set score = g.score, grade = g.grade
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, score smallint, grade text)
    where c.tenant_uuid = ${tenantId} and c.id = g.id`);
  await noteScores(db, tenantId, rows, now);
}

/** The day's line of the history, of scores that are saved already. */
export async function noteScores(db: Db, tenantId: TenantId, rows: readonly ScoredContact[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const day = now.toISOString().slice(0, 10);
  await db.execute(sql`
    insert into score_changes (tenant_uuid, contact_id, day, score, grade, reasons, created_at, updated_at)
    select ${tenantId}, g.id, ${day}::date, g.score, g.grade, g.reasons, ${now.toISOString()}, ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g(id uuid, score smallint, grade text, reasons jsonb)
    on conflict (tenant_uuid, contact_id, day) do update
      set score = excluded.score, grade = excluded.grade, reasons = excluded.reasons, updated_at = excluded.updated_at`);
}

export async function findScoreModel(db: Db, tenantId: TenantId) {
  const rows = await db.select().from(scoreModels).where(eq(scoreModels.tenantId, tenantId));
  return rows[0] ?? null;
}

/**
 * The row by which the night job finds a workspace. It is made with the first score; what is scored on the day itself
 * needs no recomputing before the next.
 */
export async function insertDefaultModel(db: Db, tenantId: TenantId, now: Date): Promise<void> {
  const scoredDay = now.toISOString().slice(0, 10);
  await db
    .insert(scoreModels)
    .values({ tenantId, weights: {}, scoredDay, createdAt: now, updatedAt: now })
    .onConflictDoNothing();
}

export async function saveScoreModel(db: Db, tenantId: TenantId, weights: unknown, now: Date) {
  const rows = await db
    .insert(scoreModels)
    .values({ tenantId, weights, scoredDay: null, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({ target: scoreModels.tenantId, set: { weights, scoredDay: null, updatedAt: now } })
    .returning();
  const [row] = rows;
  if (!row) throw new Error("The model was not saved.");
  return row;
}

/** Only where the weights are still those by which everybody was scored. */
export async function setScoredDay(db: Db, tenantId: TenantId, day: string, weightsOf: Date): Promise<boolean> {
  const rows = await db
    .update(scoreModels)
    .set({ scoredDay: day })
    .where(
      and(
        eq(scoreModels.tenantId, tenantId),
        sql`date_trunc('milliseconds', ${scoreModels.updatedAt}) = ${weightsOf.toISOString()}::timestamptz`,
      ),
    )
    .returning({ day: scoreModels.scoredDay });
  return rows.length > 0;
}

/** Newest day first. */
export async function listScoreChanges(db: Db, tenantId: TenantId, contactId: string, limit: number) {
  return db
    .select({ day: scoreChanges.day, score: scoreChanges.score, grade: scoreChanges.grade })
    .from(scoreChanges)
    .where(and(eq(scoreChanges.tenantId, tenantId), eq(scoreChanges.contactId, contactId)))
    .orderBy(desc(scoreChanges.day))
    .limit(limit);
}

/** For the sweep, across workspaces: whose scores are not of this day. */
export async function findStaleScores(db: Db, day: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ tenantId: scoreModels.tenantId })
    .from(scoreModels)
    .where(sql`${scoreModels.scoredDay} is distinct from ${day}::date`)
    .limit(limit);
  return rows.map(({ tenantId }) => tenantId);
}
