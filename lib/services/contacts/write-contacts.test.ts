import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMember, makeWorkspace } from "@/db/factories/access";
import { factoryContext, makeAttribute, makeContact } from "@/db/factories/contacts";
import { findWholeContact } from "@/db/queries/contacts/list-contacts";
import { saveScoreModel } from "@/db/queries/contacts/scores";
import { withTenant } from "@/db/tenant";
import { judgeProfile, type ProfileInput } from "@/lib/domain/contacts/profile";
import { defaultWeights } from "@/lib/domain/contacts/score-weights";
import type { AppError } from "@/lib/kernel/errors";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { addSuppressions } from "../consent/suppress";
import { transaction } from "../context";
import { loadProfileFacts } from "./profile-facts";
import { scorePortions } from "./score-contacts";
import { writeContacts } from "./write-contacts";
import type { WriteOptions, WriteRow } from "./write-shapes";

let tenantId: TenantId;
beforeEach(async () => {
  ({ tenantId } = await makeWorkspace());
});

const everyKey: WriteOptions["match"] = ["external_id", "email", "phone"];

/** What is said goes through the judgement first, as at every door. */
async function write(
  inputs: (ProfileInput & { id?: string })[],
  options: Partial<WriteOptions> = {},
  now = new Date(),
) {
  return transaction(factoryContext(tenantId, now), async (tx) => {
    const facts = await loadProfileFacts(tx);
    const rows = inputs.map(({ id, ...input }): WriteRow => {
      const judged = judgeProfile(input, { ...facts, isKnown: id !== undefined });
      if (judged.kind === "no") throw new Error(JSON.stringify(judged.faults));
      return { profile: judged.profile, id };
    });
    return writeContacts(tx, rows, { policy: "update", match: everyKey, at: now, ...options });
  });
}

const ask = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read only", async (db) => [...(await db.execute<Row>(query))]);
const whole = async (id: string | null | undefined) => {
  const found = await withTenant(tenantId, "read only", (db) => findWholeContact(db, tenantId, id ?? uuidv7()));
  if (!found) throw new Error("There is no such contact.");
  return found;
};
const countContacts = async () =>
  (await ask<{ count: number }>(sql`select count(*)::int as count from contacts where tenant_uuid = ${tenantId}`))[0]
    ?.count;

describe("somebody new", () => {
  it("is written with everything that was said, under normal spellings, with score, hashes and search text", async () => {
    const plan = await makeAttribute(tenantId, { key: "plan" });
    await makeAttribute(tenantId, { key: "size", type: "number" });
    await makeAttribute(tenantId, { key: "born", type: "date" });
    await makeAttribute(tenantId, { key: "vegan", type: "boolean" });
    const owner = await makeMember(tenantId);
    const [made] = await write([
      {
        externalId: "shop-1",
        name: " Nadège  Louis ",
        email: "Nadege@Example.Test",
        phone: "3412 3456",
        company: "Boutik  Kreyòl",
        tags: ["VIP", "vip ", "Wholesale"],
        ownerId: owner.personId,
        attributes: { plan: "gold", size: 38.5, born: "1990-02-28", vegan: false },
        identities: [{ channel: "whatsapp", externalId: "50934123456" }],
        metadata: { crmId: 7 },
      },
    ]);
    expect(made).toMatchObject({ index: 0, kind: "created", faults: [] });
    expect(await whole(made?.id)).toMatchObject({
      externalId: "shop-1",
      name: "Nadège Louis",
      email: "nadege@example.test",
      phone: "+50934123456",
      country: "HT",
      company: "Boutik Kreyòl",
      tags: ["VIP", "Wholesale"],
      ownerId: owner.personId,
      attributes: { plan: "gold", size: 38.5, born: "1990-02-28", vegan: false },
      identities: [{ channel: "whatsapp", externalId: "+50934123456" }],
      metadata: { crmId: 7 },
      customerType: "new",
      stage: "lead",
    });
    const [row] = await ask<Record<string, unknown>>(
      sql`select score, search, email_hash, phone_hash from contacts where id = ${made?.id ?? ""}`,
    );
    expect(row?.score).toBeGreaterThan(0);
    expect(row?.search).toMatch(/^ nadege louis .*boutik kreyol/);
    const [account] = await ask<Record<string, unknown>>(sql`select address_hash from identities`);
    // What stops the number stops both channels that use it.
    expect(account?.address_hash).toBe(row?.phone_hash);
    expect(plan.id).toBeTruthy();
  });

  it("has the score that the same contact has when it is scored again", async () => {
    const [made] = await write([{ name: "Ann", email: "ann@work.example", phone: "+50934123456", company: "Work" }]);
    const before = (await whole(made?.id)).score;
    await write([{ id: made?.id ?? "", locale: "ht" }]);
    expect((await whole(made?.id)).score).toBe(before);
  });
});

describe("somebody known", () => {
  it("is written with the score that the night job would give them, whatever was said and done before", async () => {
    await makeAttribute(tenantId, { key: "plan" });
    const gold = {
      when: { field: "attribute.plan", operator: "is", value: "gold" },
      points: 7,
      says: "Is on gold",
    } as const;
    const isExisting = { field: "customer_type", operator: "is", value: "existing" } as const;
    const bought = { when: isExisting, points: 6, says: "Bought" } as const;
    await withTenant(tenantId, "read write", (db) =>
      saveScoreModel(db, tenantId, { ...defaultWeights, fit: [...defaultWeights.fit, gold, bought] }, new Date()),
    );
    const { id } = await makeContact(tenantId, {
      email: "ann@work.example",
      customerType: "new",
      attributes: { plan: "gold" },
    });
    await withTenant(tenantId, "read write", async (db) => {
      await db.execute(sql`update contacts set first_purchase_at = now() - interval '9 days',
        last_purchase_at = now() - interval '2 days', last_visit_at = now(), first_visit_at = now() where id = ${id}`);
      await db.execute(sql`insert into engagements (tenant_uuid, contact_id, channel, opened, last_opened_at)
        values (${tenantId}, ${id}, 'email', 3, now())`);
    });
    const night = () => scorePortions(factoryContext(tenantId), { after: null, portions: 1 });
    await night();
    const steps: WriteRow["profile"][] = [
      { stage: "customer" },
      { givenType: null },
      { phone: "+50934123456", country: "HT" },
      { attributes: [] },
      { company: "Atelye" },
    ];
    const scores = new Set<number>();
    for (const profile of steps) {
      await transaction(factoryContext(tenantId), (tx) =>
        writeContacts(tx, [{ id, profile }], { policy: "update", match: [], at: tx.now() }),
      );
      scores.add(Number((await whole(id)).score));
      expect(await night(), JSON.stringify(profile)).toMatchObject({ scored: 1, changed: 0 });
    }
    expect(scores.size).toBeGreaterThan(1);
    await write([{ id, attributes: { plan: null } }]);
    expect(await night()).toMatchObject({ changed: 0 });
  });

  it("is found by external id, else by e-mail address, else by phone", async () => {
    const { id } = await makeContact(tenantId, { externalId: "a", email: "a@example.test", phone: "+50934123456" });
    const rows = await write([
      { externalId: "a", stage: "qualified" },
      { email: "A@example.test", locale: "fr" },
      { phone: "+509 3412-3456", name: "Ann" },
    ]);
    expect(rows.map((row) => [row.kind, row.id])).toEqual([
      ["updated", id],
      ["updated", id],
      ["updated", id],
    ]);
    expect(await whole(id)).toMatchObject({ stage: "qualified", locale: "fr", name: "Ann" });
  });

  it("is left alone where nothing is different, to the row", async () => {
    const said = { externalId: "a", name: "Ann", tags: ["vip"], company: "Work", metadata: { b: 1, a: [2] } };
    const [made] = await write([said]);
    const version = () => ask(sql`select xmin::text, updated_at from contacts where id = ${made?.id ?? ""}`);
    const before = await version();
    const [again] = await write([{ ...said, tags: ["VIP"], metadata: { a: [2], b: 1 } }]);
    expect(again).toMatchObject({ kind: "unchanged", id: made?.id });
    expect(await version()).toEqual(before);
  });

  it("keeps what is not said and loses what is said to be null", async () => {
    await makeAttribute(tenantId, { key: "plan" });
    const { id } = await makeContact(tenantId, {
      name: "Ann",
      phone: "+50934123456",
      company: "Work",
      tags: ["vip"],
      attributes: { plan: "gold" },
    });
    await write([{ id, phone: null, company: null, attributes: { plan: null } }]);
    const after = await whole(id);
    expect(after).toMatchObject({
      name: "Ann",
      phone: null,
      country: null,
      company: null,
      tags: ["vip"],
      attributes: {},
    });
    expect(await ask(sql`select phone_hash from contacts where id = ${id}`)).toEqual([{ phone_hash: null }]);
  });

  it("is the oldest of several with one address", async () => {
    const email = "shared@example.test";
    const first = await makeContact(tenantId, { email, now: new Date("2026-01-01") });
    await makeContact(tenantId, { email, now: new Date("2026-02-01") });
    expect(await write([{ email, stage: "lost" }])).toMatchObject([{ kind: "updated", id: first.id }]);
  });

  it("is nobody whose external id says otherwise, though they share an address", async () => {
    const email = "family@example.test";
    const { id } = await makeContact(tenantId, { externalId: "mother", email });
    const [row] = await write([{ externalId: "daughter", email }]);
    expect(row).toMatchObject({ kind: "created" });
    expect(row?.id).not.toBe(id);
    expect(await whole(id)).toMatchObject({ externalId: "mother" });
  });

  it("gets an external id once, however many rows of one call bring one", async () => {
    const email = "family@example.test";
    const { id } = await makeContact(tenantId, { email });
    const rows = await write([
      { externalId: "a", email },
      { externalId: "b", email },
    ]);
    expect(rows.map((row) => row.kind)).toEqual(["updated", "created"]);
    expect(await whole(id)).toMatchObject({ externalId: "a" });
  });

  it("is skipped where the policy says so, and doubled where nobody is to be looked up", async () => {
    const email = "ann@example.test";
    const { id } = await makeContact(tenantId, { email, name: "Ann" });
    expect(await write([{ email, name: "Other" }], { policy: "skip" })).toMatchObject([{ kind: "skipped", id }]);
    expect(await whole(id)).toMatchObject({ name: "Ann" });
    expect(await write([{ email }, { email }], { policy: "create" })).toMatchObject([
      { kind: "created" },
      { kind: "created" },
    ]);
    expect(await countContacts()).toBe(3);
  });

  it("is found by the external id that a merge left behind, and keeps their own", async () => {
    const { id } = await makeContact(tenantId, { externalId: "winner" });
    await withTenant(tenantId, "read write", (db) =>
      db.execute(sql`insert into contact_aliases (tenant_uuid, kind, value, contact_id)
        values (${tenantId}, 'external_id', 'loser', ${id}), (${tenantId}, 'id', ${uuidv7()}, ${id})`),
    );
    expect(await write([{ externalId: "loser", stage: "lost" }])).toMatchObject([{ kind: "updated", id }]);
    expect(await whole(id)).toMatchObject({ externalId: "winner", stage: "lost" });
  });
});

describe("rows of one call", () => {
  it("that mean the same person become one contact", async () => {
    const rows = await write([
      { externalId: "a", email: "a@example.test", name: "Ann" },
      { externalId: "a", stage: "qualified" },
      { email: "a@example.test", stage: "qualified" },
    ]);
    expect(rows.map((row) => row.kind)).toEqual(["created", "updated", "unchanged"]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    expect(await whole(rows[0]?.id)).toMatchObject({ name: "Ann", stage: "qualified" });
  });

  it("take as many statements for five hundred as for two", async () => {
    const countStatements = (count: number, mark: string) =>
      transaction(factoryContext(tenantId), async (tx) => {
        const facts = await loadProfileFacts(tx);
        const rows = Array.from({ length: count }, (_, n) => {
          const said = { externalId: `${mark}-${n}`, email: `${mark}-${n}@example.test`, tags: [mark], company: mark };
          const judged = judgeProfile({ ...said, attributes: { plan: mark } }, facts);
          if (judged.kind === "no") throw new Error(JSON.stringify(judged.faults));
          return { profile: judged.profile };
        });
        let statements = 0;
        const counting = new Proxy(tx.db, {
          get(db, name, receiver) {
            if (["execute", "select", "insert", "update", "delete"].includes(String(name))) statements++;
            return Reflect.get(db, name, receiver);
          },
        });
        const made = await writeContacts({ ...tx, db: counting }, rows, {
          policy: "update",
          match: everyKey,
          at: tx.now(),
        });
        expect(made.every((row) => row.kind === "created")).toBe(true);
        return statements;
      });
    await makeAttribute(tenantId, { key: "plan" });
    await write([{ name: "First" }]);
    const few = await countStatements(2, "few");
    expect(few).toBeGreaterThan(5);
    expect(await countStatements(500, "many")).toBe(few);
    // From here on the contacts themselves go in portions.
    expect(await countStatements(2_000, "more")).toBe(few + 3);
  });

  it("that are at fault say why and stop no other", async () => {
    const taken = await makeContact(tenantId, {
      externalId: "taken",
      identities: [{ channel: "instagram", externalId: "178" }],
    });
    const rows = await write(
      [
        { externalId: "taken", name: "Double" },
        { name: "Thief", identities: [{ channel: "instagram", externalId: "178" }] },
        { name: "Owned", ownerId: uuidv7() },
        { name: "Fine" },
      ],
      { policy: "create" },
    );
    const whose = `belongs to ${toWireId("contact", taken.id)} already`;
    expect(rows.map((row) => [row.kind, row.faults])).toEqual([
      ["failed", [{ pointer: "/external_id", message: whose }]],
      ["failed", [{ pointer: "/identities/0", message: whose }]],
      ["failed", [{ pointer: "/owner_id", message: "is nobody of this workspace" }]],
      ["created", []],
    ]);
    expect(await countContacts()).toBe(2);
  });
});

describe("an erased person", () => {
  const erase = (hashes: (tx: Parameters<typeof addSuppressions>[0]) => string[]) =>
    transaction(factoryContext(tenantId), (tx) =>
      addSuppressions(tx, hashes(tx), { channel: "*", reason: "erasure", scope: "global", contactId: null }),
    );

  it("is not taken in again by any of their addresses, and others are", async () => {
    await erase(({ ports }) => [
      ports.hashes.hash(tenantId, "email", "gone@example.test"),
      ports.hashes.hash(tenantId, "phone", "+50934123456"),
      ports.hashes.hash(tenantId, "external_id", "gone"),
    ]);
    const rows = await write([
      { email: "Gone@example.test" },
      { phone: "+509 3412 3456" },
      { externalId: "gone", name: "Ann" },
      { identities: [{ channel: "whatsapp", externalId: "50934123456" }] },
      { email: "here@example.test" },
    ]);
    expect(rows.map((row) => row.kind)).toEqual(["failed", "failed", "failed", "failed", "created"]);
    expect(rows[0]?.faults).toEqual([
      { pointer: "/email", message: "This person was erased at their own request and cannot be taken in again." },
    ]);
  });
});

describe("two writers at once", () => {
  it("of one external id both succeed, and make one contact", async () => {
    for (let round = 0; round < 5; round++) {
      const externalId = `race-${round}`;
      const results = await Promise.all([
        write([{ externalId, stage: "qualified" }]),
        write([{ externalId, locale: "fr" }]),
        write([{ externalId, name: "Ann" }]),
      ]);
      const kinds = results.map(([row]) => row?.kind).sort();
      expect(kinds).toEqual(["created", "updated", "updated"]);
      expect(new Set(results.map(([row]) => row?.id)).size).toBe(1);
      expect(await whole(results[0]?.[0]?.id)).toMatchObject({ stage: "qualified", locale: "fr", name: "Ann" });
    }
  });

  it("who give one external id to two contacts: one gets it, the other is told so", async () => {
    for (let round = 0; round < 5; round++) {
      const pair = [await makeContact(tenantId), await makeContact(tenantId)];
      const results = await Promise.allSettled(pair.map(({ id }) => write([{ id, externalId: `one-${round}` }])));
      const said = results.map((result) =>
        result.status === "fulfilled" ? (result.value[0]?.kind ?? "") : (result.reason as AppError).code,
      );
      expect(said).toContain("updated");
      // Told by a fault of the row where the first had committed, by a conflict where both were under way.
      expect(said.filter((word) => word === "failed" || word === "conflict")).toHaveLength(1);
    }
  });

  it("of different fields of one contact lose nothing", async () => {
    const { id } = await makeContact(tenantId);
    await Promise.all([write([{ id, stage: "lost" }]), write([{ id, locale: "fr" }]), write([{ id, name: "Ann" }])]);
    expect(await whole(id)).toMatchObject({ stage: "lost", locale: "fr", name: "Ann" });
  });

  it("of many contacts in opposite orders, with the same new tags and companies, do not block each other", async () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({ externalId: `x-${n}`, tags: [`t-${n}`], company: `c-${n}` }));
    const backwards = [...rows].reverse();
    for (const stage of ["lead", "qualified", "lost"] as const) {
      const results = await Promise.all([
        write(rows.map((row) => ({ ...row, stage }))),
        write(backwards.map((row) => ({ ...row, stage }))),
      ]);
      expect(results.flat().filter((row) => row.kind === "failed")).toEqual([]);
    }
    expect(await countContacts()).toBe(60);
  });
});

describe("what an undo needs", () => {
  it("is the first before and the last after, field by field", async () => {
    const { id } = await makeContact(tenantId, { externalId: "a", name: "Ann", stage: "lead" });
    const change = uuidv7();
    await write([{ externalId: "a", stage: "qualified", tags: ["vip"] }], { remember: change });
    await write([{ externalId: "a", stage: "lost", locale: "fr" }], { remember: change });
    const [tag] = await ask<{ id: string }>(sql`select id from tags where tenant_uuid = ${tenantId}`);
    const [row] = await ask<{ contact_id: string; before: unknown }>(sql`select contact_id, before from change_rows`);
    expect(row).toEqual({
      contact_id: id,
      before: {
        before: { stage: "lead", locale: null, [`tag:${tag?.id}`]: false },
        after: { stage: "lost", locale: "fr", [`tag:${tag?.id}`]: true },
      },
    });
  });

  it("is not kept of what the same import made, which also stays as if untouched", async () => {
    const importId = uuidv7();
    const [made] = await write([{ externalId: "a" }], { importId, remember: importId }, new Date("2026-01-01"));
    await write([{ externalId: "a", name: "Ann" }], { importId, remember: importId }, new Date("2026-01-02"));
    expect(await ask(sql`select 1 from change_rows`)).toEqual([]);
    const after = await whole(made?.id);
    expect(after).toMatchObject({ name: "Ann", importId });
    expect(after.updatedAt).toEqual(after.createdAt);
  });
});

describe("a contact", () => {
  it("cannot lose the last thing by which it is told from others", async () => {
    const { id } = await makeContact(tenantId, { name: "Ann", email: "ann@example.test" });
    const [row] = await write([{ id, name: "", email: null }]);
    expect(row).toMatchObject({ kind: "failed" });
    expect(await whole(id)).toMatchObject({ name: "Ann", email: "ann@example.test" });
  });

  it("that was deleted is not written", async () => {
    expect(await write([{ id: uuidv7(), name: "Ghost" }])).toMatchObject([
      { kind: "failed", faults: [{ message: "There is no such contact any more." }] },
    ]);
  });

  it("has its whole tags set by a form, and tags added by everybody else", async () => {
    const { id } = await makeContact(tenantId, { tags: ["a", "b"] });
    await write([{ id, tags: ["b", "c"] }]);
    expect(await whole(id)).toMatchObject({ tags: ["a", "b", "c"] });
    await write([{ id, tags: ["c"] }], { tags: "set" });
    expect(await whole(id)).toMatchObject({ tags: ["c"] });
  });
});
