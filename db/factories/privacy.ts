import { insertDataRequest, type NewDataRequestRow } from "@/db/queries/privacy/data-requests";
import { insertErasure } from "@/db/queries/privacy/erasures";
import { noteRetention, saveRetentionRule } from "@/db/queries/privacy/retention";
import { withTenant } from "@/db/tenant";
import { dueAt } from "@/lib/domain/privacy/request-clock";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** One valid row with overrides each: for tests, journeys and the seed. All of them really are written. */

export async function makeDataRequest(tenantId: TenantId, overrides: Partial<NewDataRequestRow> = {}) {
  const now = new Date();
  const receivedAt = overrides.receivedAt ?? now;
  return withTenant(tenantId, "read write", (db) =>
    insertDataRequest(db, tenantId, {
      ...{ id: uuidv7(), kind: "access", askedBy: "By letter", receivedAt, dueAt: dueAt(receivedAt), createdAt: now },
      ...overrides,
    }),
  );
}

/** One row in each table of data protection that no other factory fills. */
export async function makePrivacyRest(tenantId: TenantId) {
  const now = new Date();
  await withTenant(tenantId, "read write", async (db) => {
    const proof = { erasedId: uuidv7(), requestId: null, removed: { contacts: 1, notes: 2 }, actorName: "Test" };
    await insertErasure(db, tenantId, { id: uuidv7(), ...proof, createdAt: now });
    await saveRetentionRule(db, tenantId, "score_history", 200, now);
    const day = now.toISOString().slice(0, 10);
    await noteRetention(db, tenantId, { dataClass: "score_history", day, removed: 3, cutoff: now, now });
  });
}
