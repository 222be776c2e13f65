import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { TenantId } from "@/lib/kernel/tenant";

type Stay = { segment_id: string; entered_at: string; left_at: string | null };
export type MovedStays = { moved: Stay[]; kept: Stay[] };
type Pair = { winnerId: string; loserId: string };

const columns = sql`segment_id, to_json(entered_at)#>>'{}' as entered_at, to_json(left_at)#>>'{}' as left_at`;

/**
 * The loser's stays become the winner's, but for those in segments where the winner has a stay already: these are kept for
 * the undo. Times are kept as the database writes them, to the microsecond.
 */
export async function moveStays(db: Db, tenantId: TenantId, { winnerId, loserId }: Pair): Promise<MovedStays> {
  const moved = await db.execute<Stay>(sql`
    update segment_members m set contact_id = ${winnerId}
    where m.tenant_uuid = ${tenantId} and m.contact_id = ${loserId} and not exists (
      select from segment_members w
      where w.tenant_uuid = ${tenantId} and w.contact_id = ${winnerId} and w.segment_id = m.segment_id
    )
    returning ${columns}`);
  const kept = await db.execute<Stay>(sql`
    delete from segment_members where tenant_uuid = ${tenantId} and contact_id = ${loserId} returning ${columns}`);
  return { moved: [...moved], kept: [...kept] };
}

/** Everything back: what was moved goes to the loser again if it still stands as it was, what was kept stands anew. */
export async function partStays(
  db: Db,
  tenantId: TenantId,
  { winnerId, loserId }: Pair,
  memory: MovedStays,
): Promise<void> {
  const { moved, kept } = memory;
  await db.execute(sql`
    delete from segment_members m using jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as was(segment_id uuid, entered_at timestamptz)
    where m.tenant_uuid = ${tenantId} and m.contact_id = ${winnerId} and m.segment_id = was.segment_id and m.entered_at = was.entered_at`);
  await db.execute(sql`
    insert into segment_members (tenant_uuid, segment_id, contact_id, entered_at, left_at)
    select ${tenantId}, segment_id, ${loserId}, entered_at, left_at
    from jsonb_to_recordset(${JSON.stringify([...moved, ...kept])}::jsonb)
      as was(segment_id uuid, entered_at timestamptz, left_at timestamptz)
    on conflict do nothing`);
}
