import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { withTenant } from "@/db/tenant";
import { addDays, celebratedOn, dayIn } from "@/lib/domain/segments/days";
import { complements } from "@/lib/domain/segments/operators";
import { readRules } from "@/lib/domain/segments/read-rules";
import { attributeField, commonFields, type Field, fieldMap } from "@/lib/domain/segments/registry";
import { groupOf, type Rule, type RuleTree } from "@/lib/domain/segments/rules";
import { fromWireId, toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { compileRules } from "./compile-rules";

/** The facts of one contact, and beside the SQL a second reading of every rule in plain words: the two must agree. */
type Facts = {
  id: string;
  columns: Record<string, string | number | Date | null>;
  emailHash: string | null;
  phoneHash: string | null;
  tags: string[];
  attributes: Record<string, string | number>;
  engagement: { channel: string; counts: Record<string, number>; last: Record<string, Date | null> }[];
  consent: { lineId: string; channel: string; state: string; basis: string; expiresAt: Date | null }[];
  identities: { channel: string; hash: string }[];
  segments: string[];
};

const now = new Date("2026-11-21T12:00:00Z");
const timeZone = "America/Port-au-Prince";
const dayMs = 86_400_000;
const tagIds = Array.from({ length: 4 }, () => uuidv7());
const ownerIds = [uuidv7(), uuidv7()];
const listIds = [uuidv7(), uuidv7()];
const attributes = [
  { id: uuidv7(), key: "plan", label: "Plan", type: "text" },
  { id: uuidv7(), key: "spent", label: "Spent", type: "number" },
  { id: uuidv7(), key: "vip", label: "VIP", type: "boolean" },
  { id: uuidv7(), key: "birthday", label: "Birthday", type: "date" },
] as const;
const fields = fieldMap([...commonFields, ...attributes.map(attributeField)]);
const suppressed: { hash: string; channel: string; isLifted: boolean; scope: string; scopeKey: string }[] = [];

/** A generator that is the same in every run: what fails today fails tomorrow. */
let seed = 42;
const random = () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const maybe = <T>(make: () => T, share = 0.6): T | null => (random() < share ? make() : null);
const ago = () => new Date(now.getTime() - Math.floor(random() * 120) * dayMs - 1_000);

function makeFacts(): Facts {
  const email = maybe(
    () => `${pick(["rose", "jean", "élan"])}${Math.floor(random() * 1e6)}@${pick(["gmail.com", "atelye.ht"])}`,
  );
  const phone = maybe(() => `+${pick(["509", "1"])}${Math.floor(random() * 1e8)}`);
  const bought = maybe(ago, 0.3);
  const visited = maybe(ago, 0.4);
  const replied = maybe(ago, 0.3);
  const hash = (address: string | null) => (address ? uuidv7() : null);
  const emailHash = hash(email);
  const phoneHash = hash(phone);
  const identities = random() < 0.3 ? [{ channel: pick(["whatsapp", "instagram"]), hash: uuidv7() }] : [];
  for (const address of [emailHash, phoneHash, ...identities.map((one) => one.hash)])
    if (address && random() < 0.3)
      suppressed.push({
        hash: address,
        channel: pick(["*", "email", "sms", "whatsapp"]),
        isLifted: random() < 0.3,
        ...pick([
          { scope: "global", scopeKey: "" },
          { scope: "workspace", scopeKey: "" },
          { scope: "topic", scopeKey: "marketing" },
          { scope: "topic", scopeKey: uuidv7() },
        ]),
      });
  return {
    id: uuidv7(now.getTime()),
    columns: {
      name: pick(["Rose Pierre", "Élise Jérôme", "JEAN-MARC", "50% Off_", "مريم", ""]),
      email,
      phone,
      country: maybe(() => pick(["HT", "US", "CA"])),
      locale: maybe(() => pick(["fr-HT", "fr", "en-US"])),
      time_zone: maybe(() => pick(["America/Port-au-Prince", "Europe/Paris"])),
      stage: pick(["lead", "qualified", "customer"]),
      score: Math.floor(random() * 101),
      grade: pick(["A", "C", "F"]),
      owner_id: maybe(() => pick(ownerIds)),
      first_purchase_at: bought,
      last_purchase_at: bought,
      first_visit_at: visited,
      last_visit_at: visited,
      last_reply_at: replied,
      created_at: ago(),
      customer_type: bought ? "existing" : visited || replied ? "returning" : "new",
    },
    emailHash,
    phoneHash,
    tags: tagIds.filter(() => random() < 0.35),
    attributes: Object.fromEntries(
      [
        ["plan", maybe(() => pick(["Gold", "góld", "basic", "or"]))],
        ["spent", maybe(() => Math.floor(random() * 20) * 5)],
        ["vip", maybe(() => pick(["true", "false"]))],
        ["birthday", maybe(() => pick(["1990-11-21", "1988-02-29", "2026-11-25", "2026-11-15", "2001-03-04"]))],
      ].filter(([, value]) => value !== null),
    ),
    engagement: ["email", "sms", "whatsapp"].flatMap((channel) => {
      if (random() < 0.5) return [];
      const counts = {
        sent: 5,
        opened: Math.floor(random() * 4),
        clicked: Math.floor(random() * 2),
        replied: 0,
        converted: 0,
      };
      return [
        {
          channel,
          counts,
          last: { opened: counts.opened > 0 ? ago() : null, clicked: counts.clicked > 0 ? ago() : null, sent: ago() },
        },
      ];
    }),
    consent: ["email", "sms", "whatsapp"].flatMap((channel) =>
      random() < 0.5
        ? []
        : [
            {
              lineId: uuidv7(),
              channel,
              basis: pick(["express", "implied", "caller_asserted"]),
              state: pick(["granted", "granted", "pending", "denied"]),
              expiresAt: maybe(() => new Date(now.getTime() + (random() - 0.5) * 100 * dayMs), 0.3),
            },
          ],
    ),
    identities,
    segments: listIds.filter(() => random() < 0.3),
  };
}

const people = Array.from({ length: 300 }, makeFacts);
let tenantId: TenantId;

beforeAll(async () => {
  ({ tenantId } = await makeWorkspace());
  await withTenant(tenantId, "read write", async (db) => {
    const rows = (list: unknown[]) => sql`${JSON.stringify(list)}::jsonb`;
    const contacts = people.map(({ id, columns: { customer_type: _, ...columns }, emailHash, phoneHash }) => ({
      tenant_uuid: tenantId,
      id,
      ...columns,
      email_hash: emailHash,
      phone_hash: phoneHash,
    }));
    const written = sql.raw(Object.keys(contacts[0] ?? {}).join(", "));
    await db.execute(
      sql`insert into contacts (${written}) select ${written} from jsonb_populate_recordset(null::contacts, ${rows(contacts)})`,
    );
    const children = async (table: string, list: Record<string, unknown>[]) => {
      const columns = sql.raw(Object.keys(list[0] ?? {}).join(", "));
      const name = sql.raw(table);
      await db.execute(
        sql`insert into ${name} (tenant_uuid, ${columns}) select ${tenantId}, ${columns} from jsonb_populate_recordset(null::${name}, ${rows(list)})`,
      );
    };
    await children(
      "attributes",
      attributes.map((one) => ({ ...one })),
    );
    const typeOf = new Map(attributes.map(({ key, id, type }) => [key as string, { id, type }]));
    await children(
      "attribute_values",
      people.flatMap(({ id, attributes: values }) =>
        Object.entries(values).map(([key, value]) => ({
          contact_id: id,
          attribute_id: typeOf.get(key)?.id,
          text_value: ["text", "boolean"].includes(typeOf.get(key)?.type ?? "") ? value : null,
          number_value: typeOf.get(key)?.type === "number" ? value : null,
          date_value: typeOf.get(key)?.type === "date" ? value : null,
        })),
      ),
    );
    await children(
      "contact_tags",
      people.flatMap(({ id, tags }) => tags.map((tag) => ({ contact_id: id, tag_id: tag, created_at: now }))),
    );
    await children(
      "engagements",
      people.flatMap(({ id, engagement }) =>
        engagement.map(({ channel, counts, last }) => ({
          contact_id: id,
          channel,
          ...counts,
          delivered: 0,
          last_sent_at: last.sent,
          last_opened_at: last.opened,
          last_clicked_at: last.clicked,
          updated_at: now,
        })),
      ),
    );
    await children(
      "consent_states",
      people.flatMap(({ id, consent }) =>
        consent.map(({ lineId, channel, state, expiresAt }) => ({
          contact_id: id,
          channel,
          purpose: "marketing",
          topic_id: "00000000-0000-0000-0000-000000000000",
          state,
          line_id: lineId,
          source: "person",
          at: now,
          expires_at: expiresAt,
        })),
      ),
    );
    await children(
      "consents",
      people.flatMap(({ id, consent }) =>
        consent.map(({ lineId, channel, state, basis }, at) => ({
          id: lineId,
          seq: 1_000_000_000 + people.findIndex((one) => one.id === id) * 10 + at,
          contact_id: id,
          channel,
          purpose: "marketing",
          topic_id: "00000000-0000-0000-0000-000000000000",
          state,
          basis,
          source: "person",
          actor_name: "x",
          at: now,
          created_at: now,
        })),
      ),
    );
    await children(
      "identities",
      people.flatMap(({ id, identities }) =>
        identities.map(({ channel, hash }) => ({
          id: uuidv7(),
          contact_id: id,
          channel,
          external_id: hash,
          address_hash: hash,
          created_at: now,
          updated_at: now,
        })),
      ),
    );
    await children(
      "suppressions",
      suppressed.map(({ hash, channel, isLifted, scope, scopeKey }) => ({
        id: uuidv7(),
        address_hash: hash,
        channel,
        reason: "manual",
        scope,
        scope_key: scopeKey,
        source: "member",
        actor_name: "x",
        lifted_at: isLifted ? now : null,
        created_at: now,
        updated_at: now,
      })),
    );
    await children(
      "segment_members",
      people.flatMap(({ id, segments }) =>
        segments.map((segment) => ({ segment_id: segment, contact_id: id, entered_at: now })),
      ),
    );
  });
});

async function foundBySql(tree: RuleTree): Promise<Set<string>> {
  const condition = compileRules(tree, fields, { tenantId, now, timeZone });
  const rows = await withTenant(tenantId, "read only", (db) =>
    db.execute<{ id: string }>(sql`select c.id from contacts c where c.tenant_uuid = ${tenantId} and ${condition}`),
  );
  return new Set(rows.map(({ id }) => id));
}

function matches(tree: RuleTree, facts: Facts): boolean {
  const group = groupOf(tree);
  if (!group) return matchesRule(tree as Rule, facts);
  const each = group.trees.map((child) => matches(child, facts));
  if (group.kind === "all") return each.every(Boolean);
  return group.kind === "any" ? each.some(Boolean) : !each.some(Boolean);
}

const plain = (text: unknown) =>
  String(text)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
const today = dayIn(now, timeZone);
const isStanding = (expiresAt: Date | null, state: string) => state !== "granted" || !expiresAt || expiresAt > now;

function isSuppressed(facts: Facts, channel: string): boolean {
  const reaches = ({ scope, scopeKey, ...line }: (typeof suppressed)[number]) =>
    scope === "global" ||
    (["*", channel].includes(line.channel) &&
      (scope === "workspace" || (scope === "topic" && scopeKey === "marketing")));
  return hashesOf(facts, channel).some((hash) =>
    suppressed.some((line) => line.hash === hash && !line.isLifted && reaches(line)),
  );
}

function hashesOf({ emailHash, phoneHash, identities }: Facts, channel: string): string[] {
  const own = identities.filter((one) => one.channel === channel).map(({ hash }) => hash);
  if (channel === "email") return emailHash ? [emailHash] : [];
  if (channel === "sms") return phoneHash ? [phoneHash] : [];
  return channel === "whatsapp" && phoneHash ? [phoneHash, ...own] : own;
}

function matchesRule(rule: Rule, facts: Facts): boolean {
  const positive = complements[rule.operator];
  if (positive) return !matchesRule({ ...rule, operator: positive }, facts);
  const { operator, value } = rule;
  const [kind = "", about = ""] = rule.field.split(":");
  const many = (value as string[] | undefined) ?? [];
  const ids = () => many.map(idOf);
  if (rule.field === "tag") {
    if (operator === "is_known") return facts.tags.length > 0;
    if (operator === "has_all_of") return ids().every((id) => facts.tags.includes(id ?? ""));
    return ids().some((id) => facts.tags.includes(id ?? ""));
  }
  if (rule.field === "segment") return ids().some((id) => facts.segments.includes(id ?? ""));
  if (kind === "may_contact") {
    const said = facts.consent.find(({ channel }) => channel === about);
    return (
      hashesOf(facts, about).length > 0 &&
      !isSuppressed(facts, about) &&
      !(said?.basis === "caller_asserted" && ["sms", "whatsapp"].includes(about)) &&
      said?.state === "granted" &&
      isStanding(said.expiresAt, said.state)
    );
  }
  if (kind === "suppressed") return isSuppressed(facts, about);
  if (kind === "consent") {
    const said = facts.consent.find(({ channel }) => channel === about);
    return many.includes(said && isStanding(said.expiresAt, said.state) ? said.state : "unknown");
  }
  if (["sent", "opened", "clicked", "replied", "converted"].includes(kind)) {
    const lines = facts.engagement.filter(({ channel }) => about === "any" || channel === about);
    if (operator === "in_last_days")
      return lines.some(({ last }) => {
        const at = last[kind];
        return at !== undefined && at !== null && at.getTime() >= now.getTime() - Number(value) * dayMs;
      });
    const total = lines.reduce((sum, { counts }) => sum + (counts[kind] ?? 0), 0);
    return total >= (operator === "ever" ? 1 : Number(value));
  }
  const columnOf: Record<string, string> = { owner: "owner_id", company: "company_id", import: "import_id" };
  const have =
    kind === "attribute"
      ? (facts.attributes[about] ?? null)
      : rule.field === "language"
        ? String(facts.columns.locale ?? "").split("-")[0] || null
        : (facts.columns[columnOf[rule.field] ?? rule.field] ?? null);
  if (operator === "is_known") return have !== null && have !== "";
  if (have === null) return false;
  if (kind === "attribute" && about === "birthday") {
    const day = String(have);
    if (operator === "in_last_days") return day >= addDays(today, -Number(value)) && day <= today;
    if (operator === "in_next_days") return day >= today && day <= addDays(today, Number(value));
    if (operator === "before") return day < String(value);
    if (operator === "on_or_after") return day >= String(value);
    return celebratedOn(today).includes(day.slice(5));
  }
  const at = have instanceof Date ? have.getTime() : Number.NaN;
  // Port-au-Prince stands five hours behind in winter: midnight there is 05:00 UTC.
  const midnight = () => new Date(`${value}T05:00:00Z`).getTime();
  switch (operator) {
    case "is":
      return plain(have) === plain(value);
    case "contains":
      return plain(have).includes(plain(value));
    case "begins_with":
      return plain(have).startsWith(plain(value));
    case "domain_is":
      return String(have).split("@")[1] === value;
    case "is_any_of":
      return many.includes(String(have)) || ids().includes(String(have));
    case "equals":
      return have === value;
    case "over":
      return Number(have) > Number(value);
    case "under":
      return Number(have) < Number(value);
    case "between":
      return Number(have) >= Number((value as number[])[0]) && Number(have) <= Number((value as number[])[1]);
    case "in_last_days":
      return at >= now.getTime() - Number(value) * dayMs;
    case "before":
      return at < midnight();
    case "on_or_after":
      return at >= midnight();
    case "is_true":
      return have === "true";
    default:
      throw new Error(`The oracle does not know ${operator}.`);
  }
}

const nouns = { tag: "tag", per: "person", seg: "segment" } as const;
function idOf(text: string): string | undefined {
  const noun = nouns[text.split("_")[0] as keyof typeof nouns];
  return noun ? (fromWireId(noun, text) ?? undefined) : undefined;
}

const valuesOf: Record<string, readonly string[]> = {
  tag: tagIds.map((id) => toWireId("tag", id)),
  owner: ownerIds.map((id) => toWireId("person", id)),
  segment: listIds.map((id) => toWireId("segment", id)),
  company: [toWireId("company", uuidv7())],
  import: [toWireId("import", uuidv7())],
  country: ["HT", "US", "FR"],
  locale: ["fr-HT", "fr"],
  language: ["fr", "en"],
  time_zone: ["Europe/Paris"],
};

function anyRule(field: Field): fc.Arbitrary<Rule> {
  return fc.constantFrom(...field.operators).chain((operator): fc.Arbitrary<Rule> => {
    const take = (value: fc.Arbitrary<Rule["value"]>) =>
      value.map((one) => ({ field: field.id, operator, value: one }) as Rule);
    switch (operator) {
      case "is":
      case "is_not":
      case "contains":
      case "contains_not":
      case "begins_with":
        return take(
          fc.constantFrom(
            "rose",
            "ÉLISE Jérôme",
            "jerome",
            "%",
            "_",
            "gold",
            "+509",
            "'; drop table contacts; --",
            "مر",
            "o",
          ),
        );
      case "domain_is":
        return take(fc.constantFrom("gmail.com", "atelye.ht", "nobody.example"));
      case "is_any_of":
      case "is_none_of":
      case "has_any_of":
      case "has_all_of":
      case "has_none_of":
        return take(
          fc.subarray([...(field.values?.map(({ value }) => value) ?? valuesOf[field.id] ?? ["x"])], { minLength: 1 }),
        );
      case "equals":
      case "equals_not":
      case "over":
      case "under":
        return take(fc.constantFrom(0, 10, 50, 50.5, 95, -3));
      case "between":
        return take(fc.constantFrom<[number, number]>([10, 60], [0, 0], [95, 100]));
      case "in_last_days":
      case "not_in_last_days":
      case "in_next_days":
        return take(fc.constantFrom(1, 7, 30, 90));
      case "before":
      case "on_or_after":
        return take(fc.constantFrom("2026-11-21", "2026-10-01", "1990-01-01", "2000-02-29"));
      case "at_least_times":
      case "fewer_than_times":
        return take(fc.constantFrom(1, 2, 3, 5));
      default:
        return fc.constant({ field: field.id, operator });
    }
  });
}

// What is changed by the database itself is no fact that the oracle could know.
const asked = [...fields.values()].filter(({ id }) => id !== "updated_at");
const anyLeaf = fc.constantFrom(...asked).chain(anyRule);
const anyTree = fc.letrec<{ tree: RuleTree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyLeaf,
    ...(["all", "any", "none"] as const).map((kind) =>
      fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((trees) => ({ [kind]: trees }) as RuleTree),
    ),
  ),
})).tree;

describe("the condition that rules become", () => {
  it("finds exactly the people whom a plain reading of the rules finds", async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, async (tree) => {
        expect(readRules(tree, fields)).toMatchObject({ kind: "ok" });
        const expected = people.filter((facts) => matches(tree, facts)).map(({ id }) => id);
        expect([...(await foundBySql(tree))].sort()).toEqual(expected.sort());
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it.each(
    asked
      .flatMap((field) => field.operators.map((operator) => [field, operator] as const))
      .map(([f, o]) => [`${f.id} ${o}`, f, o] as const),
  )("of %s agrees with the plain reading, and with its complement makes everybody", async (_, field, operator) => {
    const [rule] = fc.sample(
      anyRule(field).filter((one) => one.operator === operator),
      { numRuns: 1, seed: 7 },
    );
    if (!rule) throw new Error("No rule was made.");
    const found = await foundBySql(rule);
    expect([...found].sort()).toEqual(
      people
        .filter((facts) => matches(rule, facts))
        .map(({ id }) => id)
        .sort(),
    );
    expect(found.size + (await foundBySql({ none: [rule] })).size).toBe(people.length);
  });

  it("finds everybody where nothing is asked", async () => {
    expect((await foundBySql({ all: [] })).size).toBe(people.length);
  });
});
