import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { companies, contactAliases, contacts, merges } from "@/db/schema/contacts";
import type { MergedContact } from "@/lib/domain/contacts/merge";
import type { TenantId } from "@/lib/kernel/tenant";
import { contactColumns } from "./person-rows";

export type ContactRecord = typeof contacts.$inferSelect;

/** Both of a pair, locked in the order of their ids whoever wins, so that no two merges wait in a circle. */
export async function lockPair(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<ContactRecord[]> {
  return db
    .select()
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), inArray(contacts.id, [...ids])))
    .orderBy(asc(contacts.id))
    .for("update");
}

export async function findCompanyName(db: Db, tenantId: TenantId, id: string | null): Promise<string | null> {
  if (!id) return null;
  const rows = await db
    .select({ name: companies.name })
    .from(companies)
    .where(and(eq(companies.tenantId, tenantId), eq(companies.id, id)));
  return rows[0]?.name ?? null;
}

export async function updateMerged(
  db: Db,
  tenantId: TenantId,
  id: string,
  merged: MergedContact & { search: string },
  now: Date,
): Promise<void> {
  await db
    .update(contacts)
    .set({ ...(merged as Partial<ContactRecord>), updatedAt: now })
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, id)));
}

export async function setSearch(db: Db, tenantId: TenantId, id: string, search: string): Promise<void> {
  await db
    .update(contacts)
    .set({ search })
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, id)));
}

/**
 * Each column becomes what it was before, where it still is what the merge made of it. What somebody changed since stays.
 * Scores are left alone: they follow from the rest.
 */
export async function restoreContactColumns(
  db: Db,
  tenantId: TenantId,
  id: string,
  before: string,
  after: string,
): Promise<void> {
  const columns = contactColumns().filter((name) => !["tenant_uuid", "id", "score", "grade"].includes(name));
  const settings = columns.map((name) => {
    const column = sql.identifier(name);
    return sql`${column} = case when c.${column} is not distinct from a.${column} then b.${column} else c.${column} end`;
  });
  await db.execute(sql`
    update contacts c set ${sql.join(settings, sql`, `)}
    from jsonb_populate_record(null::contacts, ${before}::jsonb) b,
      jsonb_populate_record(null::contacts, ${after}::jsonb) a
    where c.tenant_uuid = ${tenantId} and c.id = ${id}`);
}

export async function isExternalIdTaken(db: Db, tenantId: TenantId, externalId: string, except: string) {
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.externalId, externalId)));
  return rows.some(({ id }) => id !== except);
}

export async function insertAliases(
  db: Db,
  tenantId: TenantId,
  contactId: string,
  aliases: { kind: "id" | "external_id"; value: string }[],
  now: Date,
): Promise<void> {
  await db
    .insert(contactAliases)
    .values(aliases.map((alias) => ({ tenantId, contactId, ...alias, createdAt: now })))
    .onConflictDoUpdate({
      target: [contactAliases.tenantId, contactAliases.kind, contactAliases.value],
      set: { contactId, createdAt: now },
    });
}

export async function deleteAliases(
  db: Db,
  tenantId: TenantId,
  aliases: { kind: "id" | "external_id"; value: string }[],
): Promise<void> {
  for (const { kind, value } of aliases)
    await db
      .delete(contactAliases)
      .where(
        and(eq(contactAliases.tenantId, tenantId), eq(contactAliases.kind, kind), eq(contactAliases.value, value)),
      );
}

export async function insertMerge(
  db: Db,
  tenantId: TenantId,
  merge: Pick<
    typeof merges.$inferSelect,
    "id" | "contactId" | "loserId" | "snapshot" | "createdBy" | "createdByName" | "createdAt"
  >,
) {
  await db.insert(merges).values({ tenantId, ...merge, updatedAt: merge.createdAt });
}

export async function lockMerge(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select()
    .from(merges)
    .where(and(eq(merges.tenantId, tenantId), eq(merges.id, id)))
    .for("update");
  return rows[0] ?? null;
}

/** A later merge that stands upon this one: into the same winner, or of the winner into another. */
export async function findMergeAfter(
  db: Db,
  tenantId: TenantId,
  merge: { id: string; contactId: string },
): Promise<{ id: string } | null> {
  const rows = await db
    .select({ id: merges.id })
    .from(merges)
    .where(
      and(
        eq(merges.tenantId, tenantId),
        gt(merges.id, merge.id),
        isNull(merges.undoneAt),
        sql`(${merges.contactId} = ${merge.contactId} or ${merges.loserId} = ${merge.contactId})`,
      ),
    )
    .orderBy(desc(merges.id))
    .limit(1);
  return rows[0] ?? null;
}

/** What was kept to part the two has done its duty, and is about a person who stands by themselves again. */
export async function endMerge(db: Db, tenantId: TenantId, id: string, now: Date): Promise<void> {
  await db
    .update(merges)
    .set({ undoneAt: now, snapshot: {}, updatedAt: now })
    .where(and(eq(merges.tenantId, tenantId), eq(merges.id, id)));
}

const columns = {
  id: merges.id,
  contactId: merges.contactId,
  otherId: merges.loserId,
  otherName: sql<string>`coalesce(${merges.snapshot} ->> 'loserName', '')`,
  createdByName: merges.createdByName,
  createdAt: merges.createdAt,
  undoneAt: merges.undoneAt,
};

/** Newest first. */
export async function listMerges(
  db: Db,
  tenantId: TenantId,
  contactId: string | undefined,
  page: { beforeId?: string; skip?: number; limit: number },
) {
  return db
    .select(columns)
    .from(merges)
    .where(
      and(
        eq(merges.tenantId, tenantId),
        contactId ? eq(merges.contactId, contactId) : undefined,
        page.beforeId ? lt(merges.id, page.beforeId) : undefined,
      ),
    )
    .orderBy(desc(merges.id))
    .offset(page.skip ?? 0)
    .limit(page.limit);
}

export async function findMerge(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select(columns)
    .from(merges)
    .where(and(eq(merges.tenantId, tenantId), eq(merges.id, id)));
  return rows[0] ?? null;
}
