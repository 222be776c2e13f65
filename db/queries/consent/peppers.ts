import { eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { suppressionPeppers } from "@/db/schema/consent";
import type { TenantId } from "@/lib/kernel/tenant";

/** The mark of the pepper that the workspace's list is made with: the first one that was ever used. */
export async function keepPepper(db: Db, tenantId: TenantId, fingerprint: string, now: Date): Promise<string> {
  await db.insert(suppressionPeppers).values({ tenantId, fingerprint, createdAt: now }).onConflictDoNothing();
  const rows = await db
    .select({ fingerprint: suppressionPeppers.fingerprint })
    .from(suppressionPeppers)
    .where(eq(suppressionPeppers.tenantId, tenantId));
  return rows[0]?.fingerprint ?? fingerprint;
}

/** For the look at readiness, across workspaces: whether some list was made with another pepper than this. */
export async function hasForeignPepper(db: Db, fingerprint: string): Promise<boolean> {
  const rows = await db
    .select({ one: sql`1` })
    .from(suppressionPeppers)
    .where(ne(suppressionPeppers.fingerprint, fingerprint))
    .limit(1);
  return rows.length > 0;
}
