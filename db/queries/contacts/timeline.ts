import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { BulkAct } from "@/lib/domain/contacts/vocabulary";
import type { TenantId } from "@/lib/kernel/tenant";
import { type TimelinePage, timelinePage, toMs } from "./timeline-page";

export async function listNoteLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`select 'note_' || id as id, ${toMs(sql`created_at`)} as at, author_name, text from notes
    where tenant_uuid = ${tenantId} and contact_id = ${contactId}`;
  return timelinePage<{ author_name: string; text: string }>(db, inner, page);
}

/** A task stands where it was done, or where it was written down. */
export async function listTaskLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'task_' || t.id as id, ${toMs(sql`coalesce(t.done_at, t.created_at)`)} as at, t.title, t.done_at is not null as is_done,
      t.due_at, p.name as assignee
    from tasks t left join people p on p.id = t.assignee_id
    where t.tenant_uuid = ${tenantId} and t.contact_id = ${contactId}`;
  return timelinePage<{ title: string; is_done: boolean; due_at: string | null; assignee: string | null }>(
    db,
    inner,
    page,
  );
}

export async function listScoreLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'score_' || day as id, ${toMs(sql`updated_at`)} as at, score, grade, lag(score) over (order by day) as earlier
    from score_changes where tenant_uuid = ${tenantId} and contact_id = ${contactId}`;
  return timelinePage<{ score: number; grade: string; earlier: number | null }>(db, inner, page);
}

export async function listMergeLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'merge_' || id as id, ${toMs(sql`created_at`)} as at, created_by_name, undone_at is not null as is_undone,
      snapshot ->> 'loserName' as loser
    from merges where tenant_uuid = ${tenantId} and contact_id = ${contactId}`;
  return timelinePage<{ created_by_name: string; is_undone: boolean; loser: string | null }>(db, inner, page);
}

/** Of the changes of many contacts only those that really changed this one left a row. */
export async function listChangeLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`
    select 'change_' || b.id as id, ${toMs(sql`r.created_at`)} as at, b.act, b.detail, b.created_by_name, b.state = 'undone' as is_undone
    from change_rows r join bulk_changes b on b.tenant_uuid = r.tenant_uuid and b.id = r.change_id
    where r.tenant_uuid = ${tenantId} and r.contact_id = ${contactId}`;
  return timelinePage<{ act: BulkAct; detail: Record<string, unknown>; created_by_name: string; is_undone: boolean }>(
    db,
    inner,
    page,
  );
}

export async function listCreatedLines(db: Db, tenantId: TenantId, contactId: string, page: TimelinePage) {
  const inner = sql`select 'created_' || id as id, ${toMs(sql`created_at`)} as at, import_id is not null as is_imported
    from contacts where tenant_uuid = ${tenantId} and id = ${contactId}`;
  return timelinePage<{ is_imported: boolean }>(db, inner, page);
}

/** Where the contact is found: itself, or whoever it was merged into. */
export async function findContactId(db: Db, tenantId: TenantId, id: string): Promise<string | null> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from contacts where tenant_uuid = ${tenantId} and id = ${id}
    union all
    select contact_id from contact_aliases where tenant_uuid = ${tenantId} and kind = 'id' and value = ${id}::text
    limit 1`);
  return rows[0]?.id ?? null;
}
