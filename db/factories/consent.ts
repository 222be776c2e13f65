import { insertConsentLines, saveConsentStates } from "@/db/queries/consent/ledger";
import { keepPepper } from "@/db/queries/consent/peppers";
import { insertSuppressions, type NewSuppression } from "@/db/queries/consent/suppressions";
import { insertTopic } from "@/db/queries/consent/topics";
import { withTenant } from "@/db/tenant";
import { noTopic } from "@/lib/domain/consent/vocabulary";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** One valid row with overrides each: for tests, journeys and the seed. All of them really are written. */

export async function makeTopic(
  tenantId: TenantId,
  overrides: Partial<{ name: string; description: string | null; isPublic: boolean }> = {},
) {
  return withTenant(tenantId, "read write", (db) =>
    insertTopic(db, tenantId, {
      id: uuidv7(),
      name: overrides.name ?? "News from the loom",
      description: overrides.description ?? null,
      isPublic: overrides.isPublic ?? true,
      createdAt: new Date(),
    }),
  );
}

export async function makeSuppression(tenantId: TenantId, overrides: Partial<NewSuppression> = {}) {
  const row: NewSuppression = {
    ...{ id: uuidv7(), addressHash: crypto.randomUUID(), channel: "email", reason: "manual", scope: "workspace" },
    ...{ scopeKey: "", source: "member", note: null, contactId: null, actorName: "Test", createdAt: new Date() },
    ...overrides,
  };
  await withTenant(tenantId, "read write", (db) => insertSuppressions(db, tenantId, [row]));
  return row;
}

/** One row in each table of consent that no other factory fills. */
export async function makeConsentRest(tenantId: TenantId, contactId: string, pepper: string) {
  const at = new Date();
  const id = uuidv7();
  await makeTopic(tenantId);
  await makeSuppression(tenantId);
  await withTenant(tenantId, "read write", async (db) => {
    const said = { contactId, channel: "email", purpose: "marketing", topicId: noTopic, state: "granted" } as const;
    const how = { source: "member", expiresAt: null, at } as const;
    const rest = { basis: "express", sourceDetail: null, textVersion: null, ip: null, corrects: null } as const;
    await insertConsentLines(db, tenantId, [{ id, ...said, ...how, ...rest, actorName: "Test" }]);
    await saveConsentStates(db, tenantId, [{ ...said, ...how, lineId: id }]);
    await keepPepper(db, tenantId, pepper, at);
  });
  return { lineId: id };
}
