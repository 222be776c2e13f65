import type postgres from "postgres";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { SegmentWorld } from "../segment-rules";

const tables = ["contacts", "contact_tags", "attribute_values", "engagements", "consent_states", "segment_members"];

/**
 * Contacts by the million, made inside the database: names of all frequencies, tags from common to rare, attributes,
 * engagement and consent as a shop of some years has them. Indexes that only speed things up are built afterwards.
 */
export async function makeMillion(
  admin: postgres.Sql,
  tenantId: string,
  people: number,
): Promise<SegmentWorld & { tagIds: string[] }> {
  const tags = Array.from({ length: 40 }, () => uuidv7());
  const [plan, spent, birthday, list] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const indexes = await admin<{ name: string; definition: string }[]>`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename = any(${tables}) and i.indexdef not like '%UNIQUE%'`;
  for (const { name } of indexes) await admin.unsafe(`drop index ${name}`);
  // The rows are the same however they came to be; the constraints that other tables wait for are checked in no bench.
  await admin`set session_replication_role = replica`;
  await admin`set synchronous_commit = off`;
  await admin`
    insert into tags (tenant_uuid, id, name, name_key)
    select ${tenantId}::uuid, t.id, 'tag ' || t.at, 'tag ' || t.at from unnest(${tags}::uuid[]) with ordinality t(id, at)`;
  await admin`
    insert into attributes (tenant_uuid, id, key, label, type) values (${tenantId}, ${plan}, 'plan', 'Plan', 'text'),
      (${tenantId}, ${spent}, 'spent', 'Spent', 'number'), (${tenantId}, ${birthday}, 'birthday', 'Birthday', 'date')`;
  await admin`
    insert into segments (tenant_uuid, id, key, name, kind) values (${tenantId}, ${list}, 'list', 'List', 'list')`;
  await admin`create temp table made as
    select n, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - 50000000 + n), 12, '0') || '7' ||
        lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid as id,
      (array['Mirlande','Josette','Darline','Wideline','Elise','Jean','Frantz','Nadege','Rose Laure','Ti Jan','Ketly',
        'Wilner','Guerda','Yolette','Marie'])[1 + (hashint4(n) & 65535) % 15] as first,
      (array['Pierre','Alcindor','Joseph','Jerome','Etienne','Baptiste','Charles','Louis','Desrosiers','Paul','Toussaint',
        'Dessalines','Petion'])[1 + (hashint4(n + 7) & 65535) % 13] || ' ' || substr(md5(n::text), 1, 4) as last,
      (hashint4(n + 13) & 1048575) as r
    from generate_series(1, ${people}::int) n`;
  await admin`
    insert into contacts (tenant_uuid, id, external_id, name, first_name, last_name, email, phone, country, stage, score,
      grade, search, locale, first_purchase_at, last_purchase_at, first_visit_at, last_visit_at, created_at, updated_at)
    select ${tenantId}::uuid, id, 'm-' || n, first || ' ' || last, first, last, 'p' || n || '@shop' || n % 100 || '.com',
      '+509' || (30000000 + n), (array['HT','HT','HT','US','CA','FR'])[1 + r % 6],
      (array['lead','lead','lead','qualified','opportunity','customer','customer','lost'])[1 + r % 8], r % 101,
      (array['F','F','E','D','C','B','A'])[1 + r % 7],
      ' ' || lower(first || ' ' || last) || ' p' || n || '@shop' || n % 100 || '.com 509' || (30000000 + n) || ' m-' || n,
      case when r % 3 = 0 then 'fr-HT' end,
      case when r % 4 = 0 then now() - (r % 700) * interval '1 day' end,
      case when r % 4 = 0 then now() - (r % 300) * interval '1 day' end,
      case when r % 2 = 0 then now() - (r % 400) * interval '1 day' end,
      case when r % 2 = 0 then now() - (r % 90) * interval '1 day' end,
      now() - (${people}::int - n) * interval '1 minute', now() - (${people}::int - n) * interval '1 minute'
    from made`;
  await admin`
    insert into contact_tags (tenant_uuid, contact_id, tag_id)
    select ${tenantId}::uuid, m.id, t.id from unnest(${tags}::uuid[]) with ordinality t(id, at)
    join made m on (m.r + m.n * t.at) % (2 + t.at * t.at) = 0 where t.at > 1 or m.r % 2 = 0`;
  await admin`
    insert into attribute_values (tenant_uuid, contact_id, attribute_id, text_value, number_value, date_value)
    select ${tenantId}::uuid, id, ${plan}::uuid, (array['gold','silver','bronze'])[1 + r % 3], null::double precision, null::date from made where n % 2 = 0
    union all select ${tenantId}::uuid, id, ${spent}::uuid, null, r % 5000, null::date from made where n % 3 = 0
    union all select ${tenantId}::uuid, id, ${birthday}::uuid, null, null::double precision, date '1960-01-01' + r % 16000 from made where n % 5 = 0`;
  await admin`
    insert into engagements (tenant_uuid, contact_id, channel, sent, opened, clicked, last_sent_at, last_opened_at,
      last_clicked_at)
    select ${tenantId}::uuid, id, 'email', 1 + r % 20, r % 9, r % 4, now() - (r % 60) * interval '1 day',
      case when r % 9 > 0 then now() - (r % 200) * interval '1 day' end,
      case when r % 4 > 0 then now() - (r % 300) * interval '1 day' end
    from made where n % 5 < 2`;
  await admin`
    insert into consent_states (tenant_uuid, contact_id, channel, purpose, topic_id, state, line_id, source, at)
    select ${tenantId}::uuid, id, 'email', 'marketing', '00000000-0000-0000-0000-000000000000',
      case when r % 12 = 0 then 'denied' else 'granted' end, id, 'import', now()
    from made where n % 5 < 3`;
  await admin`
    insert into segment_members (tenant_uuid, segment_id, contact_id, entered_at)
    select ${tenantId}::uuid, ${list}::uuid, id, now() from made where n % 10 = 0`;
  await admin`drop table made`;
  await admin`set session_replication_role = origin`;
  await admin`set maintenance_work_mem = '256MB'`;
  for (const { definition } of indexes) await admin.unsafe(definition);
  for (const table of [...tables, "tags"]) await admin.unsafe(`vacuum analyze ${table}`);
  return {
    tags: tags.map((id) => toWireId("tag", id)),
    tagIds: tags,
    list: toWireId("segment", list),
    text: { key: "plan", value: "gold" },
    number: { key: "spent" },
    date: { key: "birthday" },
  };
}
