import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exports } from "@/db/schema/imports";
import type { TenantId } from "@/lib/kernel/tenant";

/**
 * Lists that were written, or are being written, before this moment: whoever writes one waits until we are done, and then
 * finds out. Answers whose files are to go.
 */
export async function withdrawExports(db: Db, tenantId: TenantId, because: string, now: Date): Promise<string[]> {
  const held = await db
    .select({ id: exports.id, state: exports.state })
    .from(exports)
    .where(
      and(
        eq(exports.tenantId, tenantId),
        eq(exports.kind, "contacts"),
        inArray(exports.state, ["waiting", "running", "done"]),
      ),
    )
    .orderBy(exports.id)
    .for("update");
  const of = (state: string) => held.filter((row) => row.state === state).map(({ id }) => id);
  const change = async (ids: string[], set: Partial<typeof exports.$inferInsert>) => {
    if (ids.length === 0) return;
    const which = and(eq(exports.tenantId, tenantId), inArray(exports.id, ids));
    await db
      .update(exports)
      .set({ ...set, updatedAt: now })
      .where(which);
  };
  await change(of("done"), { state: "expired", failure: because });
  await change(of("running"), { state: "failed", failure: because, endedAt: now });
  return [...of("done"), ...of("running")];
}
