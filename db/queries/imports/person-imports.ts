import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exports } from "@/db/schema/imports";
import type { TenantId } from "@/lib/kernel/tenant";
import { type TimelinePage, timelinePage, toMs } from "../contacts/timeline-page";

/** Answers which exports went: their files go after them. */
export async function deleteExportsOf(db: Db, tenantId: TenantId, contactId: string): Promise<string[]> {
  const rows = await db
    .delete(exports)
    .where(and(eq(exports.tenantId, tenantId), eq(exports.contactId, contactId)))
    .returning({ id: exports.id });
  return rows.map(({ id }) => id);
}

/** The imports that made or changed a contact, newest first. */
export async function listImportLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'import_' || i.id as id, ${toMs(sql`i.started_at`)} as at, i.id as import_id, i.file_name, i.created_by_name,
      true as is_new
    from contacts c join imports i on i.tenant_uuid = ${tenantId} and i.id = c.import_id
    where c.tenant_uuid = ${tenantId} and c.id = ${contactId} and i.started_at is not null
    union all
    select 'import_' || i.id, ${toMs(sql`r.created_at`)}, i.id, i.file_name, i.created_by_name, false
    from change_rows r join imports i on i.tenant_uuid = ${tenantId} and i.id = r.change_id
    where r.tenant_uuid = ${tenantId} and r.contact_id = ${contactId}`;
  return timelinePage<{ import_id: string; file_name: string; created_by_name: string; is_new: boolean }>(
    db,
    inner,
    page,
  );
}
