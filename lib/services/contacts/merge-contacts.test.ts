import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMember, makeWorkspace } from "@/db/factories/access";
import { makeNote, makePlainContact, makeTask } from "@/db/factories/contact-work";
import { makeSegment } from "@/db/factories/segments";
import { withTenant } from "@/db/tenant";
import { jobContext } from "@/inngest/context";
import { env } from "@/lib/env";
import { uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { recordConsents } from "../consent/record-consents";
import { type Context, transaction } from "../context";
import { personTables } from "../registry";
import { keepApart } from "./keep-apart";
import { mergeContacts } from "./merge-contacts";
import { recordEngagement } from "./record-engagement";
import { scoreContacts } from "./score-contacts";
import { unmergeContacts } from "./unmerge-contacts";

let owner: postgres.Sql;
beforeAll(() => {
  owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
});
afterAll(() => owner.end());

const contextOf = (tenantId: TenantId): Context => jobContext({ tenantId }, "test", "run_test");

/**
 * All rows of all tables that know a person, column by column. Left out is what tells of the merge itself: its own row,
 * the day's line of the score, and which line of the ledger the cache points to.
 */
async function everything(tenantId: TenantId) {
  const rows: Record<string, unknown[]> = {};
  await owner.begin(async (tx) => {
    await tx`select set_config('app.tenant', ${tenantId}, true)`;
    for (const { table } of personTables()) {
      if (table === "merges") continue;
      const found = await tx.unsafe(
        `select to_jsonb(t) as row from ${table} t where tenant_uuid = $1 order by to_jsonb(t)::text`,
        [tenantId],
      );
      rows[table] = found.map(({ row }) => row);
    }
  });
  return rows;
}

/** Two contacts with a row in every table that a merge moves, some of them the same for both. */
async function makePair(ctx: Context) {
  const { tenantId } = ctx;
  const winner = await makePlainContact(tenantId, {
    name: "Josette Alcindor",
    email: "josette@example.test",
    stage: "lead",
  });
  const loser = await makePlainContact(tenantId, {
    name: "J. Alcindor",
    email: "other@example.test",
    phone: "+19545550123",
    phoneHash: uuidv7(),
    externalId: `shop-${uuidv7()}`,
    locale: "fr-HT",
    metadata: { crm: 9007199254740991, list: [1, { a: null }] },
    firstVisitAt: new Date("2026-01-02T03:04:05.678Z"),
    lastVisitAt: new Date("2026-10-02T03:04:05.678Z"),
  });
  await makeNote(tenantId, { contactId: winner.id });
  await makeNote(tenantId, { contactId: loser.id, text: "Hers." });
  await makeTask(tenantId, { contactId: loser.id });
  await makeSegment(tenantId, { memberIds: [winner.id, loser.id] });
  await makeSegment(tenantId, { memberIds: [loser.id] });
  await withTenant(tenantId, "read write", async (db) => {
    const { sql } = await import("drizzle-orm");
    const [tag, vip, plan] = [uuidv7(), uuidv7(), uuidv7()];
    await db.execute(
      sql`insert into tags (tenant_uuid, id, name, name_key) values (${tenantId}, ${tag}, 'both', 'both'), (${tenantId}, ${vip}, 'vip', 'vip')`,
    );
    await db.execute(
      sql`insert into contact_tags (tenant_uuid, contact_id, tag_id) values (${tenantId}, ${winner.id}, ${tag}), (${tenantId}, ${loser.id}, ${tag}), (${tenantId}, ${loser.id}, ${vip})`,
    );
    await db.execute(
      sql`insert into attributes (tenant_uuid, id, key, label, type) values (${tenantId}, ${plan}, 'plan', 'Plan', 'text')`,
    );
    await db.execute(
      sql`insert into attribute_values (tenant_uuid, contact_id, attribute_id, text_value) values (${tenantId}, ${loser.id}, ${plan}, 'pro')`,
    );
    await db.execute(
      sql`insert into identities (tenant_uuid, id, contact_id, channel, external_id, address_hash) values (${tenantId}, ${uuidv7()}, ${loser.id}, 'whatsapp', '+19545550123', ${uuidv7()})`,
    );
  });
  await transaction(ctx, async (tx) => {
    const at = new Date("2026-11-01T10:00:00Z");
    await recordEngagement(tx, [
      { contactId: winner.id, channel: "email", kind: "sent", at, count: 4 },
      { contactId: winner.id, channel: "email", kind: "opened", at },
      { contactId: loser.id, channel: "email", kind: "opened", at: new Date("2026-11-05T10:00:00Z"), count: 2 },
      { contactId: loser.id, channel: "whatsapp", kind: "replied", at },
    ]);
    await recordConsents(tx, [
      { contactId: winner.id, channel: "email", purpose: "marketing", state: "granted" },
      { contactId: loser.id, channel: "email", purpose: "marketing", state: "denied" },
      { contactId: loser.id, channel: "sms", purpose: "marketing", state: "granted" },
    ]);
    await scoreContacts(tx, [winner.id, loser.id]);
  });
  const third = await makePlainContact(tenantId);
  await keepApart(ctx, { contactId: third.id, otherId: loser.id });
  return { winnerId: winner.id, loserId: loser.id };
}

async function giveAttribute(tenantId: TenantId, contactId: string, key: string, value: string) {
  await withTenant(tenantId, "read write", async (db) => {
    const { sql } = await import("drizzle-orm");
    await db.execute(sql`
      insert into attribute_values (tenant_uuid, contact_id, attribute_id, text_value)
      select tenant_uuid, ${contactId}, id, ${value} from attributes where tenant_uuid = ${tenantId} and key = ${key}`);
  });
}

const rowOf = (rows: unknown[] | undefined, id: string) =>
  rows?.find((row) => (row as { id: string }).id === id) as Record<string, unknown> | undefined;

describe("a merge", () => {
  it("gives the winner what it lacked, keeps what it had, and leads the other's ids there", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { winnerId, loserId } = await makePair(ctx);
    const before = await everything(tenantId);
    const loser = rowOf(before.contacts, loserId);
    await mergeContacts(ctx, winnerId, { otherId: loserId });

    const after = await everything(tenantId);
    expect(rowOf(after.contacts, loserId)).toBeUndefined();
    expect(rowOf(after.contacts, winnerId)).toMatchObject({
      name: "Josette Alcindor",
      email: "josette@example.test",
      phone: "+19545550123",
      external_id: loser?.external_id,
      locale: "fr-HT",
      customer_type: "returning",
      search: expect.stringContaining("+19545550123"),
    });
    expect(after.contact_tags).toHaveLength(2);
    expect(after.notes).toEqual(
      expect.arrayContaining([expect.objectContaining({ contact_id: winnerId, text: "Hers." })]),
    );
    expect(after.engagements).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ contact_id: winnerId, channel: "email", sent: 4, opened: 3 }),
        expect.objectContaining({ contact_id: winnerId, channel: "whatsapp", replied: 1 }),
      ]),
    );
    expect(after.contact_aliases).toMatchObject([{ kind: "id", value: loserId, contact_id: winnerId }]);
    for (const [table, rows] of Object.entries(after))
      for (const row of rows as { contact_id?: string }[]) expect(row.contact_id, table).not.toBe(loserId);
    // Whoever said no stays at no, though the other said yes.
    expect(after.consent_states).toEqual(
      expect.arrayContaining([expect.objectContaining({ contact_id: winnerId, channel: "email", state: "denied" })]),
    );
  });

  it("takes for each field whose value was chosen", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { winnerId, loserId } = await makePair(ctx);
    await mergeContacts(ctx, winnerId, {
      otherId: loserId,
      fields: { name: "loser", email: "loser", phone: "winner" },
    });
    const { contacts = [] } = await everything(tenantId);
    expect(rowOf(contacts, winnerId)).toMatchObject({ name: "J. Alcindor", email: "other@example.test", phone: null });
  });

  it("takes the other's value of an attribute that was chosen, and gives the own one back when it is undone", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { winnerId, loserId } = await makePair(ctx);
    await giveAttribute(tenantId, winnerId, "plan", "free");
    const before = (await everything(tenantId)).attribute_values;
    await expect(
      mergeContacts(ctx, winnerId, { otherId: loserId, attributes: { size: "loser" } }),
    ).rejects.toMatchObject({
      code: "invalid_input",
      details: { faults: [{ pointer: "/attributes/size", message: "is not an attribute." }] },
    });

    const kept = await mergeContacts(ctx, winnerId, { otherId: loserId, attributes: { plan: "winner" } });
    expect((await everything(tenantId)).attribute_values).toMatchObject([{ contact_id: winnerId, text_value: "free" }]);
    await unmergeContacts(ctx, kept.id);
    const merge = await mergeContacts(ctx, winnerId, { otherId: loserId, attributes: { plan: "loser" } });
    expect((await everything(tenantId)).attribute_values).toMatchObject([{ contact_id: winnerId, text_value: "pro" }]);
    await unmergeContacts(ctx, merge.id);
    expect((await everything(tenantId)).attribute_values).toEqual(before);
  });

  it("is undone field by field and row by row", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { winnerId, loserId } = await makePair(ctx);
    const before = await everything(tenantId);
    const merge = await mergeContacts(ctx, winnerId, { otherId: loserId });
    expect(await everything(tenantId)).not.toEqual(before);
    await unmergeContacts(ctx, merge.id);
    const after = await everything(tenantId);
    // The winner really had another score in between, and its history says so.
    const ofWinner = (row: unknown) => (row as { contact_id: string }).contact_id === winnerId;
    for (const side of [before, after]) side.score_changes = (side.score_changes ?? []).filter((row) => !ofWinner(row));
    expect(after).toEqual(before);
    await expect(unmergeContacts(ctx, merge.id)).rejects.toMatchObject({ details: { reason: "already_undone" } });
  });

  it("when undone leaves what happened to the winner since", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { winnerId, loserId } = await makePair(ctx);
    const merge = await mergeContacts(ctx, winnerId, { otherId: loserId });
    const later = await makeNote(tenantId, { contactId: winnerId, text: "Since." });
    await withTenant(tenantId, "read write", async (db) => {
      const { sql } = await import("drizzle-orm");
      await db.execute(
        sql`update contacts set phone = '+19545550199' where tenant_uuid = ${tenantId} and id = ${winnerId}`,
      );
    });
    await transaction(ctx, (tx) =>
      recordEngagement(tx, [{ contactId: winnerId, channel: "email", kind: "opened", at: new Date() }]),
    );
    await unmergeContacts(ctx, merge.id);
    const after = await everything(tenantId);
    expect(rowOf(after.contacts, winnerId)).toMatchObject({ phone: "+19545550199", locale: null, external_id: null });
    expect(rowOf(after.contacts, loserId)).toMatchObject({ phone: "+19545550123" });
    expect(rowOf(after.notes, later.id)).toMatchObject({ contact_id: winnerId });
    expect(after.engagements).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ contact_id: winnerId, channel: "email", sent: 4, opened: 2 }),
        expect.objectContaining({ contact_id: loserId, channel: "email", opened: 2 }),
      ]),
    );
  });
});

describe("chains of merges", () => {
  it("lead every id to the last winner, and are undone from the last one on only", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const [a, b, c] = await Promise.all(
      ["A One", "B Two", "C Three"].map((name) =>
        makePlainContact(tenantId, { name, externalId: `${name}-${uuidv7()}` }),
      ),
    );
    if (!a || !b || !c) throw new Error("Three were made.");
    await makeNote(tenantId, { contactId: c.id, text: "Of C." });
    const start = await everything(tenantId);
    const first = await mergeContacts(ctx, b.id, { otherId: c.id });
    const between = await everything(tenantId);
    const second = await mergeContacts(ctx, a.id, { otherId: b.id });
    const { contact_aliases: aliases = [] } = await everything(tenantId);
    expect(aliases).toEqual(
      expect.arrayContaining(
        [b, c].map(({ id }) => expect.objectContaining({ kind: "id", value: id, contact_id: a.id })),
      ),
    );
    await expect(unmergeContacts(ctx, first.id)).rejects.toMatchObject({ details: { reason: "later_merge" } });
    await unmergeContacts(ctx, second.id);
    const withoutScores = (rows: Record<string, unknown[]>) => ({ ...rows, score_changes: [] });
    expect(withoutScores(await everything(tenantId))).toEqual(withoutScores(between));
    await unmergeContacts(ctx, first.id);
    expect(withoutScores(await everything(tenantId))).toEqual(withoutScores(start));
  });

  it("into one winner are undone in the opposite order", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const [a, b, c] = await Promise.all(
      ["A One", "B Two", "C Three"].map((name) => makePlainContact(tenantId, { name })),
    );
    if (!a || !b || !c) throw new Error("Three were made.");
    const first = await mergeContacts(ctx, a.id, { otherId: b.id });
    const second = await mergeContacts(ctx, a.id, { otherId: c.id });
    await expect(unmergeContacts(ctx, first.id)).rejects.toMatchObject({ details: { reason: "later_merge" } });
    await unmergeContacts(ctx, second.id);
    await unmergeContacts(ctx, first.id);
    expect((await everything(tenantId)).contacts).toHaveLength(3);
  });
});

describe("an undo is refused", () => {
  it("where the winner is gone, and where somebody else has the external id by now", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const erase = (id: string) =>
      withTenant(tenantId, "read write", async (db) => {
        const { sql } = await import("drizzle-orm");
        await db.execute(sql`delete from contacts where tenant_uuid = ${tenantId} and id = ${id}`);
      });
    const one = await makePair(ctx);
    const gone = await mergeContacts(ctx, one.winnerId, { otherId: one.loserId });
    await erase(one.winnerId);
    await expect(unmergeContacts(ctx, gone.id)).rejects.toMatchObject({ details: { reason: "winner_gone" } });

    const winner = await makePlainContact(tenantId, { externalId: "shop-1" });
    const loser = await makePlainContact(tenantId, { externalId: "shop-2" });
    const merge = await mergeContacts(ctx, winner.id, { otherId: loser.id });
    await makePlainContact(tenantId, { externalId: "shop-2" });
    await expect(unmergeContacts(ctx, merge.id)).rejects.toMatchObject({ details: { reason: "external_id_taken" } });
  });
});

it("of two merges of one pair at the same moment, in opposite directions, one happens and the other is told", async () => {
  const { tenantId } = await makeWorkspace();
  const ctx = contextOf(tenantId);
  await makeMember(tenantId);
  for (let round = 0; round < 5; round++) {
    const [one, other] = [await makePlainContact(tenantId), await makePlainContact(tenantId)];
    const ends = await Promise.allSettled([
      mergeContacts(ctx, one.id, { otherId: other.id }),
      mergeContacts(ctx, other.id, { otherId: one.id }),
    ]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = ends.find((end) => end.status === "rejected");
    expect(refused?.reason).toMatchObject({ name: "AppError" });
  }
});
