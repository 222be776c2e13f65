import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Across workspaces, for the sweep: whose it is, and which one. */
export type WaitingFile = { tenantId: string; id: string };

/** Imports that somebody started or takes back, and that nobody has touched for two minutes. */
export async function findStalledImports(
  db: Db,
  state: "running" | "undoing",
  now: Date,
  limit: number,
): Promise<WaitingFile[]> {
  const rows = await db.execute<{ tenant_uuid: string; id: string }>(sql`
    select tenant_uuid, id from imports
    where state = ${state} and updated_at < ${now.toISOString()}::timestamptz - interval '2 minutes'
    order by updated_at limit ${limit}`);
  return rows.map(({ tenant_uuid, id }) => ({ tenantId: tenant_uuid, id }));
}

/** Uploads that broke off, and files that nobody started for a week: personal data that serves nothing. */
export async function findForgottenImports(db: Db, now: Date, limit: number): Promise<WaitingFile[]> {
  const rows = await db.execute<{ tenant_uuid: string; id: string }>(sql`
    select tenant_uuid, id from imports
    where (state = 'uploading' and updated_at < ${now.toISOString()}::timestamptz - interval '1 day')
       or (state = 'ready' and updated_at < ${now.toISOString()}::timestamptz - interval '7 days')
    order by updated_at limit ${limit}`);
  return rows.map(({ tenant_uuid, id }) => ({ tenantId: tenant_uuid, id }));
}

/** Exports of this kind that nobody has touched for two minutes, though they are not written yet. */
export async function findStalledExports(
  db: Db,
  kind: "contacts" | "person",
  now: Date,
  limit: number,
): Promise<WaitingFile[]> {
  const rows = await db.execute<{ tenant_uuid: string; id: string }>(sql`
    select tenant_uuid, id from exports
    where kind = ${kind} and state in ('waiting', 'running')
      and updated_at < ${now.toISOString()}::timestamptz - interval '2 minutes'
    order by updated_at limit ${limit}`);
  return rows.map(({ tenant_uuid, id }) => ({ tenantId: tenant_uuid, id }));
}

export async function findExpiredExports(db: Db, now: Date, limit: number): Promise<WaitingFile[]> {
  const rows = await db.execute<{ tenant_uuid: string; id: string }>(sql`
    select tenant_uuid, id from exports
    where state <> 'expired' and expires_at <= ${now.toISOString()}::timestamptz
    order by expires_at limit ${limit}`);
  return rows.map(({ tenant_uuid, id }) => ({ tenantId: tenant_uuid, id }));
}
