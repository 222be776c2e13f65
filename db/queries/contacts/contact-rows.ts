import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { people } from "@/db/schema/access";
import { companies, contacts } from "@/db/schema/contacts";
import type { TenantId } from "@/lib/kernel/tenant";

/** Contacts as rows of a list, with the names of what their ids point to. */
export async function listContactRowsOf(db: Db, tenantId: TenantId, ids: readonly string[]) {
  return db
    .select({
      id: contacts.id,
      externalId: contacts.externalId,
      name: contacts.name,
      email: contacts.email,
      phone: contacts.phone,
      customerType: contacts.customerType,
      stage: contacts.stage,
      score: contacts.score,
      grade: contacts.grade,
      tags: sql<string[]>`coalesce((
        select array_agg(t.name order by t.name) from contact_tags ct
        join tags t on t.tenant_uuid = ct.tenant_uuid and t.id = ct.tag_id
        where ct.tenant_uuid = ${tenantId} and ct.contact_id = ${contacts.id}), '{}')`,
      company: companies.name,
      ownerId: contacts.ownerId,
      ownerName: people.name,
      createdAt: contacts.createdAt,
      updatedAt: contacts.updatedAt,
    })
    .from(contacts)
    .leftJoin(companies, and(eq(companies.tenantId, contacts.tenantId), eq(companies.id, contacts.companyId)))
    .leftJoin(people, eq(people.id, contacts.ownerId))
    .where(and(eq(contacts.tenantId, tenantId), sql`${contacts.id} = any(${sql.param(ids)}::uuid[])`));
}
