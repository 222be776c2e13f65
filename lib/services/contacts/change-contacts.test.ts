import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMember, makeWorkspace } from "@/db/factories/access";
import { makeNote, makePlainContact } from "@/db/factories/contact-work";
import { makeSegment } from "@/db/factories/segments";
import { withTenant } from "@/db/tenant";
import { jobContext } from "@/inngest/context";
import type { BulkAct } from "@/lib/domain/contacts/vocabulary";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { recordConsents } from "../consent/record-consents";
import { type Context, transaction } from "../context";
import { personTables } from "../registry";
import { changeContacts, changeMany, findChange } from "./change-contacts";
import { mergeContacts } from "./merge-contacts";
import { scoreContacts } from "./score-contacts";
import { undoChange, undoMany } from "./undo-change";

const contextOf = (tenantId: TenantId): Context => jobContext({ tenantId }, "test", "run_test");
const ask = <Row extends Record<string, unknown>>(tenantId: TenantId, query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read write", async (db) => [...(await db.execute<Row>(query))]);

const change = (ctx: Context, act: BulkAct, ids: string[], detail: Record<string, string | null> = {}) =>
  changeContacts(ctx, { act, target: { ids }, detail });

const stagesOf = async (tenantId: TenantId) =>
  Object.fromEntries(
    (await ask<{ id: string; stage: string }>(tenantId, sql`select id, stage from contacts`)).map((row) => [
      row.id,
      row.stage,
    ]),
  );

/** What people see of contacts: times of change and what follows from the rest are left out. */
async function seen(tenantId: TenantId) {
  const rows: Record<string, unknown> = {};
  for (const { table } of personTables()) {
    if (["change_rows", "score_changes", "consent_states", "consents", "segment_members"].includes(table)) continue;
    const found = await ask<{ row: Record<string, unknown> }>(
      tenantId,
      sql`select to_jsonb(t) - 'updated_at' as row from ${sql.identifier(table)} t order by (to_jsonb(t) - 'updated_at')::text`,
    );
    rows[table] = found.map(({ row }) => row);
  }
  rows.members = await ask(
    tenantId,
    sql`select segment_id, contact_id from segment_members where left_at is null order by 1, 2`,
  );
  return rows;
}

async function makeCrowd(tenantId: TenantId, size: number): Promise<string[]> {
  await ask(
    tenantId,
    sql`insert into contacts (tenant_uuid, id, name, search)
        select ${tenantId}, gen_random_uuid(), 'Crowd ' || n, ' crowd ' || n from generate_series(1, ${size}::int) n`,
  );
  return (await ask<{ id: string }>(tenantId, sql`select id from contacts order by id`)).map(({ id }) => id);
}

/** Holds whoever waits for it until it is opened. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((done) => {
    open = done;
  });
  return { open: () => open(), passed };
}

/** Does what the durable function does. */
async function work(ctx: Context, id: string) {
  while (!(await changeMany(ctx, id, { untilMs: 0 })));
}

describe("a change of a few contacts", () => {
  it("is done with the answer, remembers whom it really changed, and is taken back", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const [one, two, three] = [
      await makePlainContact(tenantId, { stage: "lead" }),
      await makePlainContact(tenantId, { stage: "qualified" }),
      await makePlainContact(tenantId, { stage: "lost" }),
    ].map(({ id }) => id) as [string, string, string];
    const done = await change(ctx, "stage", [one, two, uuidv7()], { stage: "qualified" });
    expect(done).toMatchObject({ state: "done", total: 3, done: 3, changed: 1, gone: 1, canUndo: true });
    expect(await stagesOf(tenantId)).toMatchObject({ [one]: "qualified", [two]: "qualified", [three]: "lost" });
    expect(await undoChange(ctx, done.id)).toMatchObject({ state: "undone", changed: 0, canUndo: false });
    expect(await stagesOf(tenantId)).toMatchObject({ [one]: "lead", [two]: "qualified" });
    await expect(undoChange(ctx, done.id)).rejects.toMatchObject({ details: { reason: "already_undone" } });
  });

  it("when taken back leaves what somebody changed since, and says of how many", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const [one, two] = [await makePlainContact(tenantId), await makePlainContact(tenantId)];
    const done = await change(ctx, "stage", [one.id, two.id], { stage: "customer" });
    await ask(tenantId, sql`update contacts set stage = 'lost' where id = ${two.id}`);
    expect(await undoChange(ctx, done.id)).toMatchObject({ state: "undone", changed: 1 });
    expect(await stagesOf(tenantId)).toEqual({ [one.id]: "lead", [two.id]: "lost" });
  });

  it("tells which part of the detail cannot be carried out, and changes nothing", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const { id } = await makePlainContact(tenantId);
    const pointer = async (act: BulkAct, detail: Record<string, string | null>) =>
      change(ctx, act, [id], detail).then(
        () => "was done",
        (error) => error.details?.faults?.[0]?.pointer ?? error.code,
      );
    expect(await pointer("stage", { stage: "asleep" })).toBe("/detail/stage");
    expect(await pointer("stage", { stage: "lost", colour: "red" })).toBe("/detail/colour");
    expect(await pointer("owner", { owner_id: toWireId("person", uuidv7()) })).toBe("/detail/owner_id");
    expect(await pointer("untag", { tag: "nobody has it" })).toBe("/detail/tag");
    expect(await pointer("tag", { tag: "two\nlines" })).toBe("/detail/tag");
    expect(await pointer("delete", { really: "yes" })).toBe("/detail/really");
    expect(await ask(tenantId, sql`select 1 from bulk_changes union all select 1 from tags`)).toEqual([]);
  });
});

describe("a deletion of many", () => {
  it("brings back everything that was theirs, to the last row", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const one = await makePlainContact(tenantId, {
      externalId: "shop-1",
      email: "a@example.test",
      metadata: { a: [1] },
    });
    const other = await makePlainContact(tenantId, { externalId: "shop-2" });
    await makeNote(tenantId, { contactId: one.id });
    await makeSegment(tenantId, { memberIds: [one.id] });
    await change(ctx, "tag", [one.id], { tag: "VIP" });
    await transaction(ctx, async (tx) => {
      await recordConsents(tx, [{ contactId: one.id, channel: "email", purpose: "marketing", state: "denied" }]);
      await scoreContacts(tx, [one.id, other.id]);
    });
    const consents = () => ask(tenantId, sql`select to_jsonb(c) as row from consents c order by seq`);
    const [before, ledger] = [await seen(tenantId), await consents()];
    const done = await change(ctx, "delete", [one.id, other.id]);
    expect(await ask(tenantId, sql`select id from contacts union all select contact_id from notes`)).toEqual([]);
    expect(await consents()).toEqual([]);
    // The number of the other is somebody else's by now, so only the first can come back.
    await makePlainContact(tenantId, { externalId: "shop-2", id: "01936b5e-7c00-7000-8000-000000000001" });
    expect(await undoChange(ctx, done.id)).toMatchObject({ state: "undone", changed: 1 });
    const after = await seen(tenantId);
    const known = (rows: unknown) => (rows as { id: string }[]).filter(({ id }) => id === one.id);
    expect(known(after.contacts)).toEqual(known(before.contacts));
    for (const table of ["notes", "contact_tags", "identities", "members"])
      expect(after[table], table).toEqual(before[table]);
    expect(await consents()).toEqual(ledger);
  });
});

it("any changes taken back in the opposite order leave everything as it was", async () => {
  const { tenantId } = await makeWorkspace();
  const ctx = contextOf(tenantId);
  const rose = await makeMember(tenantId, { name: "Rose-Laure" });
  const ids = (await Promise.all(Array.from({ length: 5 }, () => makePlainContact(tenantId)))).map(({ id }) => id);
  const segment = await makeSegment(tenantId);
  await change(ctx, "tag", ids.slice(0, 2), { tag: "known" });
  const step = fc.record({
    act: fc.constantFrom<[BulkAct, Record<string, string | null>]>(
      ["tag", { tag: "known" }],
      ["untag", { tag: "known" }],
      ["owner", { owner_id: rose.personId }],
      ["owner", { owner_id: null }],
      ["stage", { stage: "customer" }],
      ["stage", { stage: "lead" }],
      ["segment_add", { segment_id: segment.id }],
      ["segment_remove", { segment_id: segment.id }],
      ["delete", {}],
    ),
    whom: fc.subarray(ids, { minLength: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const before = await seen(tenantId);
      const done = [];
      for (const { act, whom } of steps) done.push(await change(ctx, act[0], whom, act[1]));
      for (const { id, canUndo } of done.reverse()) if (canUndo) await undoChange(ctx, id);
      expect(await seen(tenantId)).toEqual(before);
    }),
    { numRuns: 12 },
  );
  // A hundred transactions and more: a busy machine needs its time.
}, 60_000);

describe("a change of thousands", () => {
  it("goes on behind the answer, portion by portion, and so does its undo", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    await makeCrowd(tenantId, 4_500);
    const asked = await changeContacts(ctx, {
      act: "stage",
      target: { filter: { stage: "lead" } },
      detail: { stage: "qualified" },
    });
    expect(asked).toMatchObject({ state: "waiting", done: 0 });
    expect(await changeMany(ctx, asked.id, { untilMs: 0 })).toBe(false);
    expect(await findChange(ctx, asked.id)).toMatchObject({
      state: "running",
      total: 4_500,
      done: 2_000,
      changed: 2_000,
    });
    await expect(undoChange(ctx, asked.id)).rejects.toMatchObject({ details: { reason: "still_running" } });
    await work(ctx, asked.id);
    expect(await findChange(ctx, asked.id)).toMatchObject({ state: "done", done: 4_500, changed: 4_500, gone: 0 });
    expect(await undoChange(ctx, asked.id)).toMatchObject({ state: "undoing", total: 4_500, done: 0 });
    while (!(await undoMany(ctx, asked.id, { untilMs: 0 })));
    expect(await findChange(ctx, asked.id)).toMatchObject({ state: "undone", changed: 0 });
    expect(new Set(Object.values(await stagesOf(tenantId)))).toEqual(new Set(["lead"]));
  });

  it("that cannot be carried out any more ends failed and says why, and what was done can be taken back", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const ids = await makeCrowd(tenantId, 2_300);
    const segment = await makeSegment(tenantId, { name: "Feast" });
    const detail = { segment_id: segment.id };
    const asked = await changeContacts(ctx, { act: "segment_add", target: { filter: {} }, detail });
    expect(await changeMany(ctx, asked.id, { untilMs: 0 })).toBe(false);
    await ask(tenantId, sql`update segments set archived_at = now() where id = ${segment.id}`);
    await work(ctx, asked.id);
    const failed = await findChange(ctx, asked.id);
    expect(failed).toMatchObject({
      state: "failed",
      done: 2_000,
      changed: 2_000,
      canUndo: true,
      failure: expect.any(String),
    });
    expect(ids).toHaveLength(2_300);
  });

  it("that two runs work on at once changes nobody twice and skips nobody", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    await makeCrowd(tenantId, 4_100);
    const { id } = await changeContacts(ctx, { act: "tag", target: { filter: {} }, detail: { tag: "all" } });
    await Promise.all([work(ctx, id), work(ctx, id)]);
    expect(await findChange(ctx, id)).toMatchObject({ state: "done", done: 4_100, changed: 4_100 });
    expect(await ask(tenantId, sql`select count(*)::int as tagged from contact_tags`)).toEqual([{ tagged: 4_100 }]);
  });

  it("waits for a merge that is under way, and leaves out who went into another", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const [winner = "", otherId = ""] = await makeCrowd(tenantId, 210);
    const asked = await changeContacts(ctx, { act: "tag", target: { filter: {} }, detail: { tag: "met" } });
    const [began, ends] = [gate(), gate()];
    const merging = transaction(ctx, async (tx) => {
      await mergeContacts(tx, winner, { otherId });
      began.open();
      await ends.passed;
    });
    await began.passed;
    const changing = work(ctx, asked.id);
    await new Promise((done) => setTimeout(done, 300));
    ends.open();
    await Promise.all([merging, changing]);
    expect(await findChange(ctx, asked.id)).toMatchObject({ state: "done", done: 210, changed: 209, gone: 1 });
  });

  it("and merges of the same contacts at the same time leave nothing half done", async () => {
    const { tenantId } = await makeWorkspace();
    const ctx = contextOf(tenantId);
    const ids = await makeCrowd(tenantId, 2_400);
    const asked = await changeContacts(ctx, { act: "tag", target: { filter: {} }, detail: { tag: "met" } });
    const pairs = Array.from(
      { length: 30 },
      (_, index) => [ids[index * 2] ?? "", ids[2_399 - index * 2] ?? ""] as const,
    );
    const [merged] = await Promise.all([
      Promise.allSettled(pairs.map(([winner, otherId]) => mergeContacts(ctx, winner, { otherId }))),
      work(ctx, asked.id),
    ]);
    expect(merged.filter(({ status }) => status === "rejected")).toEqual([]);
    const end = await findChange(ctx, asked.id);
    expect(end.state).toBe("done");
    // Whoever was still there when their turn came is tagged; the others went into somebody who is.
    expect(end.changed + end.gone).toBe(end.done);
    const [left] = await ask<{ people: number; tagged: number; lost: number }>(
      tenantId,
      sql`select count(*)::int as people, count(t.contact_id)::int as tagged,
            (select count(*)::int from contact_tags ct where not exists (select 1 from contacts c where c.id = ct.contact_id)) as lost
          from contacts c left join contact_tags t on t.contact_id = c.id`,
    );
    expect(left).toEqual({ people: 2_370, tagged: 2_370, lost: 0 });
  });
});
