import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exports } from "@/db/schema/imports";
import type { TenantId } from "@/lib/kernel/tenant";

/** Answers which exports went: their files go after them. */
export async function deleteExportsOf(db: Db, tenantId: TenantId, contactId: string): Promise<string[]> {
  const rows = await db
    .delete(exports)
    .where(and(eq(exports.tenantId, tenantId), eq(exports.contactId, contactId)))
    .returning({ id: exports.id });
  return rows.map(({ id }) => id);
}

/** The imports that made or changed a contact, newest first. */
export async function listImportLines(
  db: Db,
  tenantId: TenantId,
  contactId: string,
  { before, beforeId, limit }: { before: Date | null; beforeId: string | null; limit: number },
) {
  const place = before
    ? sql`and (l.at, ('import_' || l.id) collate "C") < (${before.toISOString()}::timestamptz, ${beforeId ?? ""})`
    : sql``;
  const rows = await db.execute<{ id: string; at: string; file: string; is_new: boolean; by: string }>(sql`
    select l.* from (
      select i.id, date_trunc('milliseconds', i.started_at) as at, i.file_name as file, i.created_by_name as by, true as is_new
      from contacts c join imports i on i.tenant_uuid = ${tenantId} and i.id = c.import_id
      where c.tenant_uuid = ${tenantId} and c.id = ${contactId}
      union all
      select i.id, date_trunc('milliseconds', r.created_at), i.file_name, i.created_by_name, false
      from change_rows r join imports i on i.tenant_uuid = ${tenantId} and i.id = r.change_id
      where r.tenant_uuid = ${tenantId} and r.contact_id = ${contactId}
    ) l where l.at is not null ${place}
    order by l.at desc, ('import_' || l.id) collate "C" desc limit ${limit}`);
  return rows.map(({ id, at, file, is_new, by }) => ({
    ...{ id, fileName: file, isNew: is_new, createdByName: by },
    at: new Date(at),
  }));
}
