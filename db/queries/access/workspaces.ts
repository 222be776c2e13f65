import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { organisations, workspaces } from "@/db/schema/access";
import type { TenantId } from "@/lib/kernel/tenant";

export type NewWorkspace = {
  name: string;
  handle: string;
  timeZone: string;
  currency: string;
  organisationId: string | null;
  metadata?: Record<string, unknown>;
};

/** Null where a workspace of this id already exists: the caller's own tenant_uuid may have been used before. */
export async function insertWorkspace(db: Db, tenantId: TenantId, workspace: NewWorkspace) {
  const rows = await db
    .insert(workspaces)
    .values({ tenantId, ...workspace })
    .onConflictDoNothing({ target: workspaces.tenantId })
    .returning();
  return rows[0] ?? null;
}

export async function findWorkspace(db: Db, tenantId: TenantId) {
  const rows = await db.select().from(workspaces).where(eq(workspaces.tenantId, tenantId));
  return rows[0] ?? null;
}

export type WorkspaceChanges = Partial<{
  name: string;
  timeZone: string;
  currency: string;
  postalAddress: string | null;
  allowedOrigins: string[];
  metadata: Record<string, unknown> | null;
}>;

export async function updateWorkspace(db: Db, tenantId: TenantId, changes: WorkspaceChanges) {
  const rows = await db
    .update(workspaces)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(workspaces.tenantId, tenantId))
    .returning();
  return rows[0] ?? null;
}

/** For the gate: the workspace that a word on the command line means. */
export async function findWorkspaceByHandle(db: Db, handle: string) {
  const rows = await db.select().from(workspaces).where(eq(workspaces.handle, handle));
  return rows[0] ?? null;
}

export async function ensureOrganisation(db: Db, organisation: { id: string; name: string }) {
  const rows = await db
    .insert(organisations)
    .values(organisation)
    .onConflictDoUpdate({ target: organisations.name, set: { updatedAt: sql`now()` } })
    .returning();
  const row = rows[0];
  if (!row) throw new Error("The organisation was not written.");
  return row;
}

/** For a browser's preflight: does any workspace let its keys be used from this origin? */
export async function isAllowedOrigin(db: Db, origin: string): Promise<boolean> {
  const rows = await db
    .select({ yes: sql<boolean>`true` })
    .from(workspaces)
    .where(sql`${origin.toLowerCase()} = any(${workspaces.allowedOrigins})`)
    .limit(1);
  return rows.length === 1;
}
