import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EngagementTotal, Milestones } from "@/lib/domain/contacts/engagement";
import type { TenantId } from "@/lib/kernel/tenant";
import { photographRows } from "./person-rows";

const shape = sql.raw(`g("contactId" uuid, channel text, sent int, delivered int, opened int, clicked int, replied int,
  converted int, "sentAt" timestamptz, "deliveredAt" timestamptz, "openedAt" timestamptz, "clickedAt" timestamptz,
  "repliedAt" timestamptz, "convertedAt" timestamptz)`);

/** Adds to the counters, one row a contact and channel. A last time never goes back, however late a fact arrives. */
export async function addEngagement(
  db: Db,
  tenantId: TenantId,
  rows: readonly EngagementTotal[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const at = now.toISOString();
  await db.execute(sql`
    insert into engagements as e (tenant_uuid, contact_id, channel, sent, delivered, opened, clicked, replied, converted,
      last_sent_at, last_delivered_at, last_opened_at, last_clicked_at, last_replied_at, last_converted_at, updated_at)
    select ${tenantId}, g."contactId", g.channel, g.sent, g.delivered, g.opened, g.clicked, g.replied, g.converted,
      g."sentAt", g."deliveredAt", g."openedAt", g."clickedAt", g."repliedAt", g."convertedAt", ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${shape}
    on conflict (tenant_uuid, contact_id, channel) do update set
      sent = e.sent + excluded.sent, delivered = e.delivered + excluded.delivered, opened = e.opened + excluded.opened,
      clicked = e.clicked + excluded.clicked, replied = e.replied + excluded.replied,
      converted = e.converted + excluded.converted,
      last_sent_at = greatest(e.last_sent_at, excluded.last_sent_at),
      last_delivered_at = greatest(e.last_delivered_at, excluded.last_delivered_at),
      last_opened_at = greatest(e.last_opened_at, excluded.last_opened_at),
      last_clicked_at = greatest(e.last_clicked_at, excluded.last_clicked_at),
      last_replied_at = greatest(e.last_replied_at, excluded.last_replied_at),
      last_converted_at = greatest(e.last_converted_at, excluded.last_converted_at),
      updated_at = excluded.updated_at`);
}

/** What the customer type is derived from: firsts only go back, lasts only go on. */
export async function widenContactTimes(
  db: Db,
  tenantId: TenantId,
  rows: readonly Milestones[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    update contacts c set
      first_purchase_at = least(c.first_purchase_at, g."firstPurchaseAt"),
      last_purchase_at = greatest(c.last_purchase_at, g."lastPurchaseAt"),
      last_reply_at = greatest(c.last_reply_at, g."lastReplyAt"),
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g("contactId" uuid, "firstPurchaseAt" timestamptz, "lastPurchaseAt" timestamptz, "lastReplyAt" timestamptz)
    where c.tenant_uuid = ${tenantId} and c.id = g."contactId"`);
}

export type JoinedEngagement = { loser: string[]; winner: string[]; merged: string[] };

/** The loser's traffic is added to the winner's. Answers both as they were and what came of it. */
export async function joinEngagement(
  db: Db,
  tenantId: TenantId,
  winnerId: string,
  loserId: string,
): Promise<JoinedEngagement> {
  const of = async (id: string) =>
    (await photographRows(db, tenantId, "engagements", "contact_id", [id])).map(({ line }) => line);
  const [loser, winner] = [await of(loserId), await of(winnerId)];
  await db.execute(sql`
    insert into engagements as e (tenant_uuid, contact_id, channel, sent, delivered, opened, clicked, replied, converted,
      last_sent_at, last_delivered_at, last_opened_at, last_clicked_at, last_replied_at, last_converted_at, updated_at)
    select tenant_uuid, ${winnerId}, channel, sent, delivered, opened, clicked, replied, converted,
      last_sent_at, last_delivered_at, last_opened_at, last_clicked_at, last_replied_at, last_converted_at, updated_at
    from engagements where tenant_uuid = ${tenantId} and contact_id = ${loserId}
    on conflict (tenant_uuid, contact_id, channel) do update set
      sent = e.sent + excluded.sent, delivered = e.delivered + excluded.delivered, opened = e.opened + excluded.opened,
      clicked = e.clicked + excluded.clicked, replied = e.replied + excluded.replied,
      converted = e.converted + excluded.converted,
      last_sent_at = greatest(e.last_sent_at, excluded.last_sent_at),
      last_delivered_at = greatest(e.last_delivered_at, excluded.last_delivered_at),
      last_opened_at = greatest(e.last_opened_at, excluded.last_opened_at),
      last_clicked_at = greatest(e.last_clicked_at, excluded.last_clicked_at),
      last_replied_at = greatest(e.last_replied_at, excluded.last_replied_at),
      last_converted_at = greatest(e.last_converted_at, excluded.last_converted_at),
      updated_at = greatest(e.updated_at, excluded.updated_at)`);
  return { loser, winner, merged: await of(winnerId) };
}

/**
 * Takes the loser's traffic out of the winner's again. A channel on which nothing happened since becomes what it was, to
 * the moment; where something did, that stays, and only the numbers are taken apart.
 */
export async function partEngagement(
  db: Db,
  tenantId: TenantId,
  winnerId: string,
  memory: JoinedEngagement,
): Promise<void> {
  const texts = (lines: readonly string[]) => sql`unnest(${sql.param(lines)}::text[])`;
  await db.execute(sql`
    with still as (
      select e.channel from engagements e, ${texts(memory.merged)} as line
      where e.tenant_uuid = ${tenantId} and e.contact_id = ${winnerId} and to_jsonb(e) = line::jsonb
    ), loser as (
      select r.* from ${texts(memory.loser)} as line, lateral jsonb_populate_record(null::engagements, line::jsonb) r
    )
    update engagements e set
      sent = greatest(0, e.sent - l.sent), delivered = greatest(0, e.delivered - l.delivered),
      opened = greatest(0, e.opened - l.opened), clicked = greatest(0, e.clicked - l.clicked),
      replied = greatest(0, e.replied - l.replied), converted = greatest(0, e.converted - l.converted)
    from loser l
    where e.tenant_uuid = ${tenantId} and e.contact_id = ${winnerId} and e.channel = l.channel
      and not exists (select 1 from still s where s.channel = e.channel)`);
  await db.execute(sql`
    delete from engagements e using ${texts(memory.merged)} as line, ${texts(memory.loser)} as lost
    where e.tenant_uuid = ${tenantId} and e.contact_id = ${winnerId} and to_jsonb(e) = line::jsonb
      and lost::jsonb ->> 'channel' = e.channel`);
}
