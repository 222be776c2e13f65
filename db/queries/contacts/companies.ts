import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { companies, contacts } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

const people = sql<number>`(select count(*)::int from contacts c
  where c.tenant_uuid = "companies"."tenant_uuid" and c.company_id = "companies"."id")`;

const columns = {
  id: companies.id,
  name: companies.name,
  nameKey: companies.nameKey,
  domain: companies.domain,
  contacts: people,
  metadata: companies.metadata,
  createdAt: companies.createdAt,
  updatedAt: companies.updatedAt,
};

/** By name; with a search, those whose name holds it. */
export async function listCompanies(
  db: Db,
  tenantId: TenantId,
  page: { search?: string; skip: number; limit: number },
) {
  const pattern = page.search === undefined ? undefined : `%${page.search.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select(columns)
    .from(companies)
    .where(and(eq(companies.tenantId, tenantId), pattern ? sql`${companies.nameKey} like ${pattern}` : undefined))
    .orderBy(asc(companies.nameKey), asc(companies.id))
    .offset(page.skip)
    .limit(page.limit);
}

export async function findCompany(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .select(columns)
    .from(companies)
    .where(and(eq(companies.tenantId, tenantId), eq(companies.id, id)));
  return rows[0] ?? null;
}

export async function updateCompany(
  db: Db,
  tenantId: TenantId,
  id: string,
  changes: {
    name?: string;
    nameKey?: string;
    domain?: string | null;
    metadata?: Record<string, unknown> | null;
    updatedAt: Date;
  },
) {
  await db
    .update(companies)
    .set(changes)
    .where(and(eq(companies.tenantId, tenantId), eq(companies.id, id)));
}

/** Whose search text holds the company's name, in portions by id. */
export async function listEmployees(
  db: Db,
  tenantId: TenantId,
  companyId: string,
  afterId: string | null,
  limit: number,
) {
  return db
    .select({
      id: contacts.id,
      name: contacts.name,
      email: contacts.email,
      phone: contacts.phone,
      externalId: contacts.externalId,
    })
    .from(contacts)
    .where(
      and(
        eq(contacts.tenantId, tenantId),
        eq(contacts.companyId, companyId),
        afterId ? gt(contacts.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(contacts.id))
    .limit(limit)
    .for("update");
}

export async function saveSearchTexts(
  db: Db,
  tenantId: TenantId,
  rows: readonly { id: string; search: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    update contacts c set search = g.search
    from json_to_recordset(${JSON.stringify(rows)}::json) as g(id uuid, search text)
    where c.tenant_uuid = ${tenantId} and c.id = g.id`);
}
