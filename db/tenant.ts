import { sql } from "drizzle-orm";
import type { TenantId } from "@/lib/kernel/tenant";
import { type Db, poolOf } from "./client";

type Access = "read only" | "read write";

/**
 * Opens a transaction that row-level security binds to one tenant. The binding ends with the transaction, so a
 * connection never goes back to the pool with somebody's tenant still set.
 */
export async function withTenant<T>(tenantId: TenantId, access: Access, work: (db: Db) => Promise<T>): Promise<T> {
  return poolOf("app").db.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`);
      return work(tx);
    },
    { accessMode: access },
  );
}
