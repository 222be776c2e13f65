import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { attributes } from "@/db/schema/contacts";
import type { AttributeType } from "@/lib/domain/contacts/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** More than anybody declares. */
const most = 1_000;

export async function listDeclared(db: Db, tenantId: TenantId) {
  return db
    .select({ id: attributes.id, key: attributes.key, label: attributes.label, type: attributes.type })
    .from(attributes)
    .where(eq(attributes.tenantId, tenantId))
    .orderBy(asc(attributes.key))
    .limit(most);
}

/** What is declared already stays as it is. */
export async function declareMissing(
  db: Db,
  tenantId: TenantId,
  rows: readonly { key: string; label: string; type: AttributeType }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(attributes)
    .values(rows.map((row) => ({ tenantId, id: uuidv7(now.getTime()), ...row, createdAt: now, updatedAt: now })))
    .onConflictDoNothing();
}
