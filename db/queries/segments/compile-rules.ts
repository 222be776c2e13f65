import { type SQL, sql } from "drizzle-orm";
import { neverAsserted } from "@/lib/domain/consent/policy";
import { allMarketing, noTopic } from "@/lib/domain/consent/vocabulary";
import { addDays, celebratedOn, dayIn } from "@/lib/domain/segments/days";
import { complements } from "@/lib/domain/segments/operators";
import type { Fields } from "@/lib/domain/segments/registry";
import { groupOf, type Rule, type RuleTree } from "@/lib/domain/segments/rules";
import { fromWireId } from "@/lib/kernel/ids";
import { fieldSources, type RulePlace } from "./field-sources";

/**
 * A tree as one condition on the contact `c`. Columns and operators come from the lists of this file, and whatever stands in
 * the tree goes into the query as a parameter: nothing that a caller writes is ever text of the query.
 *
 * Negation goes down to the leaves (De Morgan), because PostgreSQL turns `not exists` into a join and `not (a or b)` not.
 */
export function compileRules(tree: RuleTree, fields: Fields, place: RulePlace): SQL {
  return compile(tree, false, fields, place);
}

/** The condition that everybody fulfils. */
export const everyone = sql`true`;

function compile(tree: RuleTree, isNegated: boolean, fields: Fields, place: RulePlace): SQL {
  const group = groupOf(tree);
  if (!group) return compileRule(tree as Rule, isNegated, fields, place);
  const inside = group.kind === "none" ? !isNegated : isNegated;
  const isAnd = group.kind === "any" ? isNegated : !isNegated;
  if (group.trees.length === 0) return isAnd ? sql`true` : sql`false`;
  const parts = group.trees.map((child) => compile(child, inside, fields, place));
  return sql`(${sql.join(parts, isAnd ? sql` and ` : sql` or `)})`;
}

function compileRule(rule: Rule, isNegated: boolean, fields: Fields, place: RulePlace): SQL {
  const positive = complements[rule.operator];
  const asked = positive ? { ...rule, operator: positive } : rule;
  const isComplement = isNegated !== (positive !== undefined);
  const condition = compilePositive(asked, fields, place);
  return isComplement ? condition.without : condition.holds;
}

type Condition = { holds: SQL; without: SQL };

/** Of a column that may be null: whoever is not found is in the complement. */
const ofColumn = (holds: SQL): Condition => ({ holds, without: sql`(${holds}) is not true` });
const ofRows = (rows: SQL): Condition => ({ holds: sql`exists (${rows})`, without: sql`not exists (${rows})` });

const columns: Record<string, SQL> = {
  name: sql`c.name`,
  email: sql`c.email`,
  phone: sql`c.phone`,
  country: sql`c.country`,
  locale: sql`c.locale`,
  language: sql`split_part(c.locale, '-', 1)`,
  time_zone: sql`c.time_zone`,
  customer_type: sql`c.customer_type`,
  stage: sql`c.stage`,
  score: sql`c.score`,
  grade: sql`c.grade`,
  owner: sql`c.owner_id`,
  company: sql`c.company_id`,
  import: sql`c.import_id`,
  created_at: sql`c.created_at`,
  updated_at: sql`c.updated_at`,
  first_purchase_at: sql`c.first_purchase_at`,
  last_purchase_at: sql`c.last_purchase_at`,
  last_visit_at: sql`c.last_visit_at`,
  last_reply_at: sql`c.last_reply_at`,
};

const deedColumns: Record<string, { count: SQL; last: SQL }> = {
  sent: { count: sql`e.sent`, last: sql`e.last_sent_at` },
  opened: { count: sql`e.opened`, last: sql`e.last_opened_at` },
  clicked: { count: sql`e.clicked`, last: sql`e.last_clicked_at` },
  replied: { count: sql`e.replied`, last: sql`e.last_replied_at` },
  converted: { count: sql`e.converted`, last: sql`e.last_converted_at` },
};

function compilePositive(rule: Rule, fields: Fields, place: RulePlace): Condition {
  const field = fields.get(rule.field);
  if (!field) throw new Error(`No field ${rule.field}.`);
  if (field.attribute) return onAttribute(rule, field.attribute.id, field.attribute.type, place);
  const [kind, about] = rule.field.split(":");
  if (kind && about && deedColumns[kind]) return onDeed(rule, deedColumns[kind], about, place);
  if (kind === "may_contact" && about) return mayContact(about, place);
  if (kind === "consent" && about) return onConsent(rule, about, place);
  if (kind === "suppressed" && about) return suppressed(about, place);
  if (rule.field === "tag") return onTags(rule, place);
  if (rule.field === "segment") return onSegments(rule, place);
  const column = columns[rule.field];
  if (column) return onColumn(rule, column, field.reference !== undefined, place);
  const source = fieldSources.find((each) => each.fields.some(({ id }) => id === rule.field));
  if (!source) throw new Error(`Nobody compiles ${rule.field}.`);
  const holds = source.compile(rule, place);
  return { holds, without: sql`not (${holds})` };
}

function onColumn(rule: Rule, column: SQL, isReference: boolean, place: RulePlace): Condition {
  switch (rule.operator) {
    case "is_known":
      // A name that was never said is empty, and everything else that was never said is null.
      return rule.field === "name" || rule.field === "language"
        ? ofColumn(sql`${column} <> ''`)
        : ofColumn(sql`${column} is not null`);
    default:
      if (isReference) return ofColumn(sql`${column} = any(${uuids(rule)})`);
      return ofColumn(compare(rule, column, place));
  }
}

/** The comparison itself; it may be null where the value is unknown. */
function compare(rule: Rule, column: SQL, place: RulePlace): SQL {
  const { value } = rule;
  switch (rule.operator) {
    case "is":
      return sql`${fold(column)} = ${folded(value)}`;
    case "contains":
      return sql`strpos(${fold(column)}, ${folded(value)}) > 0`;
    case "begins_with":
      return sql`starts_with(${fold(column)}, ${folded(value)})`;
    case "domain_is":
      return sql`split_part(${column}, '@', 2) = ${String(value)}`;
    case "is_any_of":
      return sql`${column} = any(${texts(value)})`;
    case "equals":
      return sql`${column} = ${Number(value)}::float8`;
    case "over":
      return sql`${column} > ${Number(value)}::float8`;
    case "under":
      return sql`${column} < ${Number(value)}::float8`;
    case "between": {
      const [from, to] = value as [number, number];
      return sql`${column} between ${from}::float8 and ${to}::float8`;
    }
    case "in_last_days":
      return sql`${column} >= ${daysBefore(place.now, Number(value))}`;
    case "before":
      return sql`${column} < ${startOf(String(value), place.timeZone)}`;
    case "on_or_after":
      return sql`${column} >= ${startOf(String(value), place.timeZone)}`;
    default:
      throw new Error(`No comparison ${rule.operator}.`);
  }
}

function onAttribute(rule: Rule, attributeId: string, type: string, place: RulePlace): Condition {
  const rows = (condition: SQL) =>
    ofRows(sql`select from attribute_values v where v.tenant_uuid = ${place.tenantId} and v.contact_id = c.id
      and v.attribute_id = ${attributeId} and ${condition}`);
  if (rule.operator === "is_known")
    return rows(sql`(v.text_value <> '' or v.number_value is not null or v.date_value is not null)`);
  if (rule.operator === "is_true") return rows(sql`v.text_value = 'true'`);
  if (type === "text") return rows(compare(rule, sql`v.text_value`, place));
  if (type === "number") return rows(compare(rule, sql`v.number_value`, place));
  return rows(compareDay(rule, sql`v.date_value`, place));
}

function compareDay(rule: Rule, column: SQL, place: RulePlace): SQL {
  const today = dayIn(place.now, place.timeZone);
  const { value } = rule;
  switch (rule.operator) {
    case "in_last_days":
      return sql`${column} between ${addDays(today, -Number(value))}::date and ${today}::date`;
    case "in_next_days":
      return sql`${column} between ${today}::date and ${addDays(today, Number(value))}::date`;
    case "before":
      return sql`${column} < ${String(value)}::date`;
    case "on_or_after":
      return sql`${column} >= ${String(value)}::date`;
    case "anniversary_today":
      return sql`to_char(${column}, 'MM-DD') = any(${texts(celebratedOn(today))})`;
    default:
      throw new Error(`No comparison ${rule.operator} of days.`);
  }
}

function onDeed(rule: Rule, deed: { count: SQL; last: SQL }, channel: string, place: RulePlace): Condition {
  const ofChannel = channel === "any" ? sql`` : sql` and e.channel = ${channel}`;
  const from = sql`from engagements e where e.tenant_uuid = ${place.tenantId} and e.contact_id = c.id${ofChannel}`;
  switch (rule.operator) {
    case "ever":
      return ofRows(sql`select ${from} and ${deed.count} > 0`);
    case "in_last_days":
      return ofRows(sql`select ${from} and ${deed.last} >= ${daysBefore(place.now, Number(rule.value))}`);
    case "at_least_times": {
      const times = Number(rule.value);
      if (channel !== "any") return ofRows(sql`select ${from} and ${deed.count} >= ${times}`);
      const total = sql`(select coalesce(sum(${deed.count}), 0) ${from})`;
      return { holds: sql`${total} >= ${times}`, without: sql`${total} < ${times}` };
    }
    default:
      throw new Error(`No question ${rule.operator} about messages.`);
  }
}

function onTags(rule: Rule, place: RulePlace): Condition {
  const from = sql`select from contact_tags t where t.tenant_uuid = ${place.tenantId} and t.contact_id = c.id`;
  if (rule.operator === "is_known") return ofRows(from);
  const ids = wireIds(rule);
  if (rule.operator === "has_any_of") return ofRows(sql`${from} and t.tag_id = any(${uuids(rule)})`);
  const each = ids.map((id) => ofRows(sql`${from} and t.tag_id = ${id}::uuid`));
  return {
    holds: sql`(${sql.join(
      each.map(({ holds }) => holds),
      sql` and `,
    )})`,
    without: sql`(${sql.join(
      each.map(({ without }) => without),
      sql` or `,
    )})`,
  };
}

const onSegments = (rule: Rule, place: RulePlace): Condition =>
  ofRows(sql`select from segment_members m where m.tenant_uuid = ${place.tenantId} and m.contact_id = c.id
    and m.left_at is null and m.segment_id = any(${uuids(rule)})`);

/** Expired consent is none: it stands in the cache until somebody speaks again. */
const standing = (channel: string, place: RulePlace) => sql`from consent_states s
  where s.tenant_uuid = ${place.tenantId} and s.contact_id = c.id and s.channel = ${channel}
    and s.purpose = 'marketing' and s.topic_id = ${noTopic}::uuid`;
const unexpired = (place: RulePlace) =>
  sql`(s.state <> 'granted' or s.expires_at is null or s.expires_at > ${moment(place.now)})`;

function onConsent(rule: Rule, channel: string, place: RulePlace): Condition {
  const states = rule.value as string[];
  const said = ofRows(
    sql`select ${standing(channel, place)} and s.state = any(${texts(states)}) and ${unexpired(place)}`,
  );
  if (!states.includes("unknown")) return said;
  const silent = ofRows(sql`select ${standing(channel, place)} and ${unexpired(place)}`);
  return {
    holds: sql`(${said.holds} or ${silent.without})`,
    without: sql`(${said.without} and ${silent.holds})`,
  };
}

/** The keys under which the suppression list knows the addresses that a channel would use. */
function addressHashes(channel: string, place: RulePlace): { own: SQL | null; ofIdentities: SQL | null } {
  const ofIdentities = sql`select i.address_hash from identities i where i.tenant_uuid = ${place.tenantId}
    and i.contact_id = c.id and i.channel = ${channel}`;
  if (channel === "email") return { own: sql`c.email_hash`, ofIdentities: null };
  if (channel === "sms") return { own: sql`c.phone_hash`, ofIdentities: null };
  if (channel === "whatsapp") return { own: sql`c.phone_hash`, ofIdentities };
  return { own: null, ofIdentities };
}

/** What stops marketing at the address on the channel, as `mayContact` sees it. */
function suppressed(channel: string, place: RulePlace): Condition {
  const { own, ofIdentities } = addressHashes(channel, place);
  const reaching = sql`(p.scope = 'workspace' or (p.scope = 'topic' and p.scope_key = ${allMarketing}))`;
  const rows = (hash: SQL) =>
    ofRows(sql`select from suppressions p where p.tenant_uuid = ${place.tenantId} and p.address_hash ${hash}
      and p.lifted_at is null and (p.scope = 'global' or (p.channel in ('*', ${channel}) and ${reaching}))`);
  const parts = [...(own ? [rows(sql`= ${own}`)] : []), ...(ofIdentities ? [rows(sql`in (${ofIdentities})`)] : [])];
  return {
    holds: sql`(${sql.join(
      parts.map(({ holds }) => holds),
      sql` or `,
    )})`,
    without: sql`(${sql.join(
      parts.map(({ without }) => without),
      sql` and `,
    )})`,
  };
}

/**
 * Marketing in general, as `mayContact` decides it of one message. Only whether a number is a landline is not known here:
 * whoever is found and has one is still left out when the message goes.
 */
function mayContact(channel: string, place: RulePlace): Condition {
  const { own, ofIdentities } = addressHashes(channel, place);
  const reachable = [
    ...(own ? [sql`${own} is not null`] : []),
    ...(ofIdentities ? [sql`exists (${ofIdentities})`] : []),
  ];
  const vouched = (neverAsserted as readonly string[]).includes(channel)
    ? sql` and not exists (select from consents l where l.tenant_uuid = ${place.tenantId} and l.id = s.line_id
        and l.basis = 'caller_asserted')`
    : sql``;
  const holds = sql`((${sql.join(reachable, sql` or `)}) and ${suppressed(channel, place).without}
    and exists (select ${standing(channel, place)} and s.state = 'granted' and ${unexpired(place)}${vouched}))`;
  return { holds, without: sql`not ${holds}` };
}

/**
 * Capitals and accents make no difference: the same change on both sides, done by the database. It is not cheap, so what
 * can be compared as it stands is.
 */
const fold = (text: SQL) => sql`lower(regexp_replace(normalize(${text}, NFKD), '[\u0300-\u036f]', '', 'g'))`;
const folded = (value: unknown) => fold(sql`${String(value)}::text`);

const texts = (value: unknown) => sql`${sql.param(value as string[])}::text[]`;
const uuids = (rule: Rule) => sql`${sql.param(wireIds(rule))}::uuid[]`;

const referenceNouns = {
  tag: "tag",
  owner: "person",
  company: "company",
  segment: "segment",
  import: "import",
} as const;

function wireIds(rule: Rule): string[] {
  const noun = referenceNouns[rule.field as keyof typeof referenceNouns];
  return (rule.value as string[]).flatMap((text) => fromWireId(noun, text) ?? []);
}

const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const daysBefore = (now: Date, days: number) => moment(new Date(now.getTime() - days * 86_400_000));
/** Midnight of the workspace, not of Greenwich. */
const startOf = (day: string, timeZone: string) => sql`(${day}::timestamp at time zone ${timeZone})`;
