import { insertBulkChange, insertChangeRows, updateBulkChange } from "@/db/queries/contacts/bulk-changes";
import { insertNotDuplicate } from "@/db/queries/contacts/duplicates";
import { addEngagement } from "@/db/queries/contacts/engagement";
import { insertAliases, insertMerge } from "@/db/queries/contacts/merges";
import { insertNote } from "@/db/queries/contacts/notes";
import { deleteContactRow } from "@/db/queries/contacts/person-history";
import { photographRows } from "@/db/queries/contacts/person-rows";
import { saveScoreModel, saveScores } from "@/db/queries/contacts/scores";
import { insertTask } from "@/db/queries/contacts/tasks";
import { contacts } from "@/db/schema/contacts";
import { withTenant } from "@/db/tenant";
import { searchText } from "@/lib/domain/contacts/search-text";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

/** What the team does with contacts, one valid row with overrides each. */

/** A contact as a bare row, for what is not about how contacts are written. */
export async function makePlainContact(
  tenantId: TenantId,
  overrides: Partial<typeof contacts.$inferInsert> = {},
): Promise<{ id: string }> {
  const id = overrides.id ?? uuidv7();
  const name = overrides.name ?? "Mirlande Augustin";
  await withTenant(tenantId, "read write", (db) =>
    db
      .insert(contacts)
      .values({
        ...overrides,
        tenantId,
        id,
        name,
        search: ` ${searchText({ email: null, phone: null, externalId: null, ...overrides, name })}`,
      })
      .onConflictDoNothing(),
  );
  return { id };
}

export async function makeNote(
  tenantId: TenantId,
  overrides: Partial<{ contactId: string; text: string; authorId: string; now: Date }> = {},
) {
  const now = overrides.now ?? new Date();
  const contactId = overrides.contactId ?? (await makePlainContact(tenantId)).id;
  return withTenant(tenantId, "read write", (db) =>
    insertNote(db, tenantId, {
      id: uuidv7(now.getTime()),
      contactId,
      text: overrides.text ?? "Asked for the indigo tablecloth.",
      authorId: overrides.authorId ?? null,
      authorName: "Kervens Jean",
      createdAt: now,
    }),
  );
}

export async function makeTask(
  tenantId: TenantId,
  overrides: Partial<{ contactId: string | null; title: string; dueAt: Date; assigneeId: string; now: Date }> = {},
) {
  const now = overrides.now ?? new Date();
  const id = uuidv7(now.getTime());
  await withTenant(tenantId, "read write", (db) =>
    insertTask(db, tenantId, {
      id,
      contactId: overrides.contactId ?? null,
      title: overrides.title ?? "Call back about the order",
      dueAt: overrides.dueAt ?? null,
      assigneeId: overrides.assigneeId ?? null,
      createdBy: null,
      createdAt: now,
    }),
  );
  return { id };
}

/** A change that is done: it tagged nobody knows whom any more, and one of them is remembered. */
export async function makeBulkChange(tenantId: TenantId, overrides: Partial<{ now: Date }> = {}) {
  const now = overrides.now ?? new Date();
  const id = uuidv7(now.getTime());
  const contact = await makePlainContact(tenantId, { stage: "qualified" });
  await withTenant(tenantId, "read write", async (db) => {
    await insertBulkChange(db, tenantId, {
      id,
      act: "stage",
      detail: { stage: "qualified" },
      target: { ids: [contact.id] },
      total: 1,
      createdBy: null,
      createdByName: "Rose-Laure Pierre",
      createdAt: now,
    });
    await insertChangeRows(db, tenantId, id, [{ contactId: contact.id, before: { stage: "lead" } }], now);
    await updateBulkChange(db, tenantId, id, { state: "done", done: 1, changed: 1, endedAt: now }, now);
  });
  return { id, contactId: contact.id };
}

/** A merge of two contacts that had nothing but their names. */
export async function makeMerge(tenantId: TenantId, overrides: Partial<{ now: Date }> = {}) {
  const now = overrides.now ?? new Date();
  const id = uuidv7(now.getTime());
  const [winner, loser] = [await makePlainContact(tenantId), await makePlainContact(tenantId)];
  await withTenant(tenantId, "read write", async (db) => {
    const line = async (contactId: string) =>
      (await photographRows(db, tenantId, "contacts", "id", [contactId]))[0]?.line ?? "";
    const [winnerLine, loserLine] = [await line(winner.id), await line(loser.id)];
    await deleteContactRow(db, tenantId, loser.id);
    const aliases = [{ kind: "id" as const, value: loser.id }];
    await insertAliases(db, tenantId, winner.id, aliases, now);
    const snapshot = {
      loserName: "Mirlande Augustin",
      loser: loserLine,
      winnerBefore: winnerLine,
      winnerAfter: winnerLine,
      aliases,
      tables: {},
    };
    await insertMerge(db, tenantId, {
      id,
      contactId: winner.id,
      loserId: loser.id,
      snapshot,
      createdBy: null,
      createdByName: "Rose-Laure Pierre",
      createdAt: now,
    });
  });
  return { id, winnerId: winner.id, loserId: loser.id };
}

/** One row in each table of what the team does, for whoever looks behind the walls between workspaces. */
export async function makeContactWork(tenantId: TenantId): Promise<void> {
  const now = new Date();
  const [one, other] = [await makePlainContact(tenantId), await makePlainContact(tenantId)];
  await makeNote(tenantId, { contactId: one.id });
  await makeTask(tenantId, { contactId: one.id });
  await makeBulkChange(tenantId);
  await makeMerge(tenantId);
  await withTenant(tenantId, "read write", async (db) => {
    const counts = { sent: 1, delivered: 1, opened: 1, clicked: 0, replied: 0, converted: 0 };
    await addEngagement(db, tenantId, [{ contactId: one.id, channel: "email", ...counts, openedAt: now }], now);
    await saveScores(db, tenantId, [{ id: one.id, score: 5, grade: "F", reasons: [] }], now);
    await saveScoreModel(db, tenantId, {}, now);
    const [contactId = "", otherId = ""] = [one.id, other.id].sort();
    await insertNotDuplicate(db, tenantId, { contactId, otherId }, now);
  });
}
