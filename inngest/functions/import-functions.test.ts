import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeWorkspace } from "@/db/factories/access";
import { makeContact } from "@/db/factories/contacts";
import { makeDataRequest } from "@/db/factories/privacy";
import { makeSegment } from "@/db/factories/segments";
import { withTenant } from "@/db/tenant";
import { type EngineScene, openEngineScene } from "@/e2e/engine-scene";
import { ownerOf } from "@/e2e/owner-of";
import { importStarted } from "@/lib/domain/imports/events";
import type { Import, ImportChanges } from "@/lib/domain/imports/shapes";
import type { TenantId } from "@/lib/kernel/tenant";
import { checkAddress } from "@/lib/services/consent/list-suppressions";
import { recordConsents } from "@/lib/services/consent/record-consents";
import { changeContacts, findChange } from "@/lib/services/contacts/change-contacts";
import { addIdentity } from "@/lib/services/contacts/identities";
import { writeNote } from "@/lib/services/contacts/notes";
import { undoChange } from "@/lib/services/contacts/undo-change";
import { updateContact } from "@/lib/services/contacts/update-contact";
import { type Context, transaction } from "@/lib/services/context";
import { cancelImport } from "@/lib/services/imports/cancel-import";
import { findImport } from "@/lib/services/imports/find-import";
import { exportProblems } from "@/lib/services/imports/list-problems";
import { requestUndo } from "@/lib/services/imports/request-undo";
import { startImport } from "@/lib/services/imports/start-import";
import { updateImport } from "@/lib/services/imports/update-import";
import { uploadFile } from "@/lib/services/imports/upload-file";
import { retain } from "@/lib/services/privacy/retention";
import { changeMembers } from "@/lib/services/segments/change-members";

/** Imports, what takes them back, and changes of many, on the engine that runs them: what they come to, what they survive. */
let scene: EngineScene;
let tenantId: TenantId;
let ctx: Context;

beforeAll(async () => {
  scene = await openEngineScene("madan_sara_imports");
  await scene.start();
}, 120_000);
afterAll(() => scene?.close());
beforeEach(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  ctx = ownerOf(tenantId);
});

const ask = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read only", async (db) => [...(await db.execute<Row>(query))]);
const count = async (table: string) => {
  const [row] = await ask<{ count: number }>(sql`select count(*)::int as count from ${sql.identifier(table)}`);
  return row?.count;
};

async function* whole(bytes: Uint8Array) {
  yield bytes;
}
async function upload(file: string | Uint8Array, changes: ImportChanges = {}): Promise<string> {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const { id } = await uploadFile(ctx, { fileName: "kliyan.csv" }, whole(bytes));
  await updateImport(ctx, id, changes);
  return id;
}
async function ended(id: string, state: Import["state"]): Promise<Import> {
  const isGoing = async () => ["running", "undoing"].includes((await findImport(ctx, id)).state);
  await expect.poll(isGoing, { timeout: 14_000, interval: 50 }).toBe(false);
  const found = await findImport(ctx, id);
  const errors = (await scene.runs(tenantId, state === "done" ? "run-import" : "undo-import")).map(
    ({ error }) => error,
  );
  expect(found.state, JSON.stringify(errors)).toBe(state);
  return found;
}
async function imported(file: string, changes: ImportChanges = {}): Promise<Import> {
  const id = await upload(file, changes);
  await startImport(ctx, id);
  return ended(id, "done");
}
async function importedBytes(bytes: Uint8Array): Promise<Import> {
  const id = await upload(bytes);
  await startImport(ctx, id);
  return ended(id, "done");
}
async function undone(id: string): Promise<Import> {
  await requestUndo(ctx, id);
  return ended(id, "undone");
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

const header = "id,name,email";
const person = (at: number, name = `Person ${at}`, email = `k${at}@example.test`) => `k-${at},${name},${email}`;
const file = (rows: string[], heading = header) => [heading, ...rows].join("\r\n");
const people = (size: number, row = person) => Array.from({ length: size }, (_, at) => row(at));

/** Rows so long that a few hundred of them fill a piece: many pieces, and little to write. */
const longHeader = `${header},note`;
const longRow = (at: number, name?: string, email?: string) => `${person(at, name, email)},${"x".repeat(900)}`;

/** Until somebody waits for a row of this table that another holds. */
const isWaiting = (table: string) =>
  expect
    .poll(
      () => scene.admin`
        select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ilike ${`%from "${table}"%for update%`}`,
      { timeout: 8_000, interval: 20 },
    )
    .toHaveLength(1);

/** Keeps every piece from its end: its contacts are written by then, and the pointer past it is not. */
async function holdList(listId: string, pieces: number) {
  const id = (await ask<{ id: string }>(sql`select id from imports order by id desc limit 1`))[0]?.id;
  const piecesIn = async () =>
    (await ask<{ next: number }>(sql`select next_piece as next from imports where id = ${id}`))[0];
  await expect
    .poll(async () => (await piecesIn())?.next ?? 0, { timeout: 14_000, interval: 10 })
    .toBeGreaterThanOrEqual(pieces);
  const holder = await scene.admin.reserve();
  await holder`begin`;
  await holder`select 1 from segments where id = ${listId} for update`;
  await isWaiting("segments");
  return async () => {
    await holder`rollback`;
    holder.release();
  };
}

describe("an import of some thousand rows", () => {
  it("is done by its run: whom it made, changed, left and refused add up, and the refused come back as a file", async () => {
    const known = people(200).map((row, at) => (at < 100 ? row : row.replace("Person", "Madan")));
    await imported(file(known));
    const rows = people(5_000, (at) => person(at, undefined, at % 1_000 === 999 ? "at home" : undefined));
    const done = await imported(file(rows));
    expect(done).toMatchObject({ rows: 5_000, done: 5_000, created: 4_795, updated: 100, skipped: 100, failed: 5 });
    expect(
      await ask(sql`select count(*)::int as people, count(distinct external_id)::int as once,
      count(*) filter (where name like 'Madan%')::int as old from contacts`),
    ).toEqual([{ people: 4_995, once: 4_995, old: 0 }]);
    const problems = (await textOf(await exportProblems(ctx, done.id))).split("\r\n");
    expect(problems).toHaveLength(7);
    expect(problems[0]).toBe("id,name,email,Row,Problem");
    expect(problems[1]).toMatch(/^k-999,Person 999,at home,1001,email: .+\.$/);
    expect(await count("file_pieces")).toBe(0);
    expect(await scene.runs(tenantId, "run-import")).toMatchObject([{ status: "completed" }, { status: "completed" }]);
  });

  it("that is started twice and said three times goes in once", async () => {
    const id = await upload(file(people(3_000)));
    const starts = await Promise.allSettled([startImport(ctx, id), startImport(ctx, id)]);
    expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = starts.find((start) => start.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "conflict", details: { reason: "import_running" } });
    for (let again = 0; again < 2; again++) await transaction(ctx, (tx) => tx.publish(importStarted, { importId: id }));
    expect(await ended(id, "done")).toMatchObject({ done: 3_000, created: 3_000, updated: 0, skipped: 0, failed: 0 });
    const runs = async () => (await scene.runs(tenantId, "run-import")).map(({ status }) => status);
    await expect.poll(runs, { timeout: 8_000 }).toEqual(["completed", "completed", "completed"]);
    expect(await findImport(ctx, id)).toMatchObject({ done: 3_000, created: 3_000 });
    expect(await count("contacts")).toBe(3_000);
  });

  it("that somebody brings twice at the same time takes in each person once", async () => {
    const ids = [await upload(file(people(3_000))), await upload(file(people(3_000)))];
    await Promise.all(ids.map((id) => startImport(ctx, id)));
    const both = await Promise.all(ids.map((id) => ended(id, "done")));
    expect(both.map(({ created }) => created).sort()).toEqual([0, 3_000]);
    expect(both.map(({ skipped }) => skipped).sort()).toEqual([0, 3_000]);
    expect(await count("contacts")).toBe(3_000);
  });

  it("ends with the same counts when the process dies in the middle of a piece", async () => {
    await makeContact(tenantId, { externalId: "k-7", name: "Known", email: "k7@example.test" });
    const { id: listId } = await makeSegment(tenantId);
    await scene.stop();
    const doomed = await scene.startProcess();
    const rows = people(3_000, (at) => longRow(at, undefined, at % 300 === 299 ? "at home" : undefined));
    const id = await upload(file(rows, longHeader), { options: { segmentId: listId } });
    await startImport(ctx, id);
    const release = await holdList(listId, 2);
    doomed.kill("SIGKILL");
    await release();
    const left = await findImport(ctx, id);
    expect(left.state).toBe("running");
    expect(left.done).toBeLessThan(2_500);
    expect(await count("contacts")).toBe(1 + left.created);
    await scene.start();
    expect(await ended(id, "done")).toMatchObject({ done: 3_000, created: 2_989, updated: 1, skipped: 0, failed: 10 });
    expect(
      await ask(sql`select count(*)::int as people, count(distinct external_id)::int as once from contacts`),
    ).toEqual([{ people: 2_990, once: 2_990 }]);
    expect([await count("notes"), await count("segment_members"), await count("import_problems")]).toEqual([
      2_989, 2_990, 10,
    ]);
    expect(await ask(sql`select size from segments where id = ${listId}`)).toEqual([{ size: 2_990 }]);
  }, 40_000);
});

describe("an import that is stopped", () => {
  it("keeps what is in, says exactly how much, and can be taken back", async () => {
    const { id: listId } = await makeSegment(tenantId);
    const id = await upload(file(people(3_000, longRow), longHeader), { options: { segmentId: listId } });
    await startImport(ctx, id);
    const release = await holdList(listId, 1);
    const stopping = cancelImport(ctx, id);
    await isWaiting("imports");
    await release();
    const stopped = await stopping;
    expect(stopped).toMatchObject({ state: "cancelled", acts: ["undo"] });
    expect(stopped.done).toBeLessThan(2_500);
    const runs = async () => (await scene.runs(tenantId, "run-import")).map(({ status }) => status);
    await expect.poll(runs, { timeout: 8_000 }).toEqual(["completed"]);
    expect(await findImport(ctx, id)).toMatchObject({ done: stopped.done, created: stopped.done });
    expect([await count("contacts"), await count("file_pieces")]).toEqual([stopped.done, 0]);
    expect((await undone(id)).undone).toEqual({ removed: stopped.done, restored: 0, kept: 0 });
    expect([await count("contacts"), await count("notes"), await count("segment_members")]).toEqual([0, 0, 0]);
    expect(await ask(sql`select size from segments`)).toEqual([{ size: 0 }]);
  });
});

describe("a file that cannot be read", () => {
  it.each([
    [
      "a quotation mark that is never closed",
      Buffer.from(file([...people(3_000), 'k-x,"Ana,a@example.test', ...people(9)])),
    ],
    ["a NUL byte", Buffer.from(file([...people(3_000), "k-x,A\0na,a@example.test"]))],
    [
      "bytes of no text",
      Buffer.concat([Buffer.from(file(people(3_000))), Buffer.from([0x0d, 0x0a, 0xc3, 0xa9, 0xff])]),
    ],
    [
      "half a character of UTF-16 without a mark",
      Buffer.concat([Buffer.from(file(people(99)), "utf16le"), Buffer.of(65)]),
    ],
  ])("because of %s is refused in a sentence, and nothing of it stays", async (_, bytes) => {
    await expect(upload(bytes)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(/^[A-Z].*\.$/),
    });
    expect([await count("imports"), await count("file_pieces"), await count("contacts")]).toEqual([0, 0, 0]);
  });

  it("and one in UTF-16 without a mark is taken in like any other", async () => {
    const { state, created } = await importedBytes(Buffer.from(file(people(99)), "utf16le"));
    expect({ state, created }).toEqual({ state: "done", created: 99 });
  });
});

describe("a run that dies for good", () => {
  /** The database itself says no, as a full disk would: no verb of ours is behind it. */
  async function refusing(when: "insert" | "delete", work: () => Promise<void>) {
    const { admin } = scene;
    const row = when === "insert" ? "new" : "old";
    await admin.unsafe(`create function refuse_poison() returns trigger language plpgsql as
      $$ begin raise exception 'No room for %', ${row}.email; end $$`);
    await admin.unsafe(`create trigger refuse_poison before ${when} on contacts for each row
      when (${row}.name = 'Poison') execute function refuse_poison()`);
    try {
      await work();
    } finally {
      await admin`drop function refuse_poison cascade`;
    }
  }
  const rows = people(1_500, (at) => longRow(at, at === 1_000 ? "Poison" : undefined));

  it("leaves the import failed with a reason for people, what was in before is in, and all of it can be taken back", async () => {
    const id = await upload(file(rows, longHeader));
    await refusing("insert", async () => {
      await startImport(ctx, id);
      const failed = await ended(id, "failed");
      expect(failed).toMatchObject({ acts: ["undo"], endedAt: expect.any(Date) });
      expect(failed.failure).toBe("The rows could not be written, though it was tried several times.");
      expect(failed.done).toBeGreaterThan(0);
      expect(failed.done).toBeLessThan(1_000);
      expect([await count("contacts"), await count("notes")]).toEqual([failed.done, failed.done]);
      expect(await scene.runs(tenantId, "run-import")).toMatchObject([{ status: "failed" }]);
    });
    const { done } = await findImport(ctx, id);
    expect(await undone(id)).toMatchObject({ undone: { removed: done }, failure: null });
    expect(await count("contacts")).toBe(0);
  });

  it("passes on a reason that was written for people", async () => {
    const { admin } = scene;
    // Whoever is first takes the account, time and again: as in a race that never ends.
    await admin.unsafe(
      `create function take_account() returns trigger language plpgsql as $$ begin return null; end $$`,
    );
    await admin.unsafe(
      "create trigger take_account before insert on identities for each row execute function take_account()",
    );
    try {
      const id = await upload(file(["a,Ana,a@example.test,@ana"], `${header},instagram`));
      await startImport(ctx, id);
      const failed = await ended(id, "failed");
      expect(failed.failure).toBe("Somebody else has just claimed one of these accounts. Try again.");
    } finally {
      await admin`drop function take_account cascade`;
    }
  });

  it("leaves an undo failed with its reason, and the next undo goes on where it stood", async () => {
    const { id } = await imported(file(rows, longHeader));
    await refusing("delete", async () => {
      await requestUndo(ctx, id);
      const failed = await ended(id, "failed");
      expect(failed.failure).toBe("Taking it back did not succeed, though it was tried several times.");
    });
    expect(await undone(id)).toMatchObject({ undone: { removed: 1_500, restored: 0, kept: 0 }, failure: null });
    expect(await count("contacts")).toBe(0);
  });
});

describe("a change of many contacts whose run dies for good", () => {
  it("has failed with a reason for people, and can be taken back as far as it went", async () => {
    await imported(file(people(2_500)));
    // The second portion of it is refused.
    const last = (await ask<{ id: string }>(sql`select id from contacts order by id desc limit 1`))[0]?.id;
    const { admin } = scene;
    await admin.unsafe(`create function refuse_tag() returns trigger language plpgsql as
      $$ begin raise exception 'No room for it'; end $$`);
    await admin.unsafe(`create trigger refuse_tag before insert on contact_tags for each row
      when (new.contact_id = '${last}') execute function refuse_tag()`);
    const tagging = { act: "tag", target: { filter: {} }, detail: { tag: "all" } } as const;
    const { id } = await changeContacts(ctx, tagging);
    const state = async () => (await findChange(ctx, id)).state;
    try {
      await expect.poll(state, { timeout: 12_000, interval: 50 }).toBe("failed");
    } finally {
      await admin`drop function refuse_tag cascade`;
    }
    const failure = "The contacts could not be changed, though it was tried several times.";
    expect(await findChange(ctx, id)).toMatchObject({ failure, done: 2_000, changed: 2_000, canUndo: true });
    expect(await count("contact_tags")).toBe(2_000);
    await undoChange(ctx, id);
    await expect.poll(state, { timeout: 12_000, interval: 50 }).toBe("undone");
    expect(await count("contact_tags")).toBe(0);
  });
});

describe("taking an import back", () => {
  const heading = "id,name,email,tags,plan,whatsapp";
  const plan = { key: "plan", label: "Plan", type: "text" } as const;
  const mapping = ["external_id", "name", "email", "tags", "attribute:plan", "whatsapp"].map((target, column) => ({
    column,
    target,
  }));
  const row = (key: string, name: string, number: number) =>
    `${key},${name},${key}@example.test,nwèl,gold,+5093412${number}`;
  const idOf = async (key: string) =>
    (await ask<{ id: string }>(sql`select id from contacts where external_id = ${key}`))[0]?.id ?? "";
  const keys = async () =>
    (await ask<{ key: string }>(sql`select external_id as key from contacts order by 1`)).map(({ key }) => key);
  const kept = (key: string) =>
    ask(sql`
      select to_jsonb(c) - 'updated_at' as contact,
        (select jsonb_agg(t.name order by t.name) from contact_tags g join tags t on t.id = g.tag_id where g.contact_id = c.id) as tags,
        (select jsonb_agg(v.text_value) from attribute_values v where v.contact_id = c.id) as plans,
        (select jsonb_agg(i.external_id order by i.external_id) from identities i where i.contact_id = c.id) as accounts,
        (select jsonb_agg(m.segment_id order by m.segment_id) from segment_members m where m.contact_id = c.id and m.left_at is null) as lists
      from contacts c where external_id = ${key}`);
  const agreed = (key: string) =>
    ask(sql`select s.channel, s.state, s.expires_at <= now() as "isOver" from consent_states s
      join contacts c on c.id = s.contact_id where c.external_id = ${key}`);
  const granted = { channel: "email", state: "granted", isOver: null };

  it("gives back name, tags, attributes, accounts, lists and consents, and leaves what was so before", async () => {
    const { id: listId } = await makeSegment(tenantId);
    const before = [
      "a,Ana Before,a@example.test,ansyen,silver,+50934129901",
      "b,Bo,b@example.test,nwèl,gold,+50934121002",
      "c,Cé,c@example.test,ansyen,,",
    ];
    await imported(file(before, heading), { mapping, options: { newAttributes: [plan] } });
    await changeMembers(ctx, listId, { add: [await idOf("b")], remove: [] });
    await transaction(ctx, async (tx) =>
      recordConsents(tx, [
        { contactId: await idOf("b"), channel: "email", purpose: "marketing", state: "granted", source: "person" },
      ]),
    );
    const whole = { a: await kept("a"), b: await kept("b") };

    const rows = [row("a", "Ana After", 1001), row("b", "Bo", 1002), row("c", "Cé After", 1003), row("n", "New", 1004)];
    const consent = { channels: ["email" as const], source: "The fair of May 2026" };
    const done = await imported(file(rows, heading), { mapping, options: { segmentId: listId, consent } });
    expect(done).toMatchObject({ created: 1, updated: 2, skipped: 1 });
    expect(await kept("a")).toMatchObject([
      {
        contact: { name: "Ana After" },
        tags: ["ansyen", "nwèl"],
        plans: ["gold"],
        accounts: ["+50934121001", "+50934129901"],
        lists: [listId],
      },
    ]);
    expect(await agreed("a")).toEqual([granted]);
    await updateContact(ctx, await idOf("c"), { name: "Cé by hand" });

    expect((await undone(done.id)).undone).toEqual({ removed: 1, restored: 2, kept: 1 });
    expect(await kept("a")).toEqual(whole.a);
    expect(await kept("b")).toEqual(whole.b);
    // The ledger is only ever added to: what the file vouched for was over as it was taken back.
    expect(await agreed("a")).toEqual([{ ...granted, isOver: true }]);
    expect(await agreed("b")).toEqual([granted]);
    expect(await kept("c")).toMatchObject([
      { contact: { name: "Cé by hand" }, tags: ["ansyen"], plans: null, accounts: null, lists: null },
    ]);
    expect(await keys()).toEqual(["a", "b", "c"]);
    expect(await ask(sql`select size from segments`)).toEqual([{ size: 1 }]);
    expect(await count("change_rows")).toBe(0);
  });

  it("takes back a no that the file said of people, with what it put on the list of addresses", async () => {
    const heading = "id,name,email,agreed";
    const mapping = ["external_id", "name", "email", "consent_email"].map((target, column) => ({ column, target }));
    await imported(file(["a,Ana,a@example.test,yes", "b,Bo,b@example.test,"], heading), { mapping });
    const rows = ["a,Ana,a@example.test,no", "b,Bo,b@example.test,no", "n,New,n@example.test,no"];
    const done = await imported(file(rows, heading), { mapping });
    const isStopped = async (key: string) =>
      (await checkAddress(ctx, { address: `${key}@example.test`, channel: "email" })).isSuppressed;
    expect([await isStopped("a"), await isStopped("b"), await isStopped("n")]).toEqual([true, true, true]);
    expect((await undone(done.id)).undone).toEqual({ removed: 1, restored: 2, kept: 0 });
    expect([await isStopped("a"), await isStopped("b"), await isStopped("n")]).toEqual([false, false, false]);
    expect(await agreed("a")).toEqual([granted]);
    // Nobody had said anything of Bo: a yes that was over as it was written allows nothing.
    expect(
      await ask(sql`select s.expires_at <= now() as "isOver" from consent_states s
      join contacts c on c.id = s.contact_id where c.external_id = 'b'`),
    ).toEqual([{ isOver: true }]);
  });

  it("is refused once nobody remembers what contacts were before, and goes on where only a try has failed", async () => {
    await imported(file(people(2)));
    const { id } = await imported(file([person(0, "Ana"), person(1, "Bo"), person(2)]));
    const thirtyOneDays = sql`now() - interval '31 days'`;
    await withTenant(tenantId, "read write", async (db) => {
      await db.execute(sql`update imports set started_at = ${thirtyOneDays} where id = ${id}`);
      await db.execute(sql`update change_rows set created_at = ${thirtyOneDays} where change_id = ${id}`);
    });
    expect(await retain(ctx, "change_snapshots")).toBe(2);
    await expect(requestUndo(ctx, id)).rejects.toMatchObject({ code: "conflict", details: { reason: "too_old" } });
    expect([(await findImport(ctx, id)).state, await count("contacts")]).toEqual(["done", 3]);
    await withTenant(tenantId, "read write", (db) =>
      db.execute(
        sql`update imports set state = 'failed', undone = '{"removed":0,"restored":2,"kept":0}' where id = ${id}`,
      ),
    );
    expect((await undone(id)).undone).toEqual({ removed: 1, restored: 2, kept: 0 });
  });

  it("keeps whom it made and somebody has touched since", async () => {
    const { id: listId } = await makeSegment(tenantId);
    const made = ["account", "case", "consent", "list", "name", "nobody", "note", "tag"];
    const rows = made.map((key, at) => row(key, `New ${key}`, 2000 + at));
    const done = await imported(file(rows, heading), { mapping, options: { newAttributes: [plan] } });
    await addIdentity(ctx, await idOf("account"), { channel: "instagram", externalId: "madan.sara" });
    await makeDataRequest(tenantId, { contactId: await idOf("case") });
    await transaction(ctx, async (tx) =>
      recordConsents(tx, [
        { contactId: await idOf("consent"), channel: "email", purpose: "marketing", state: "denied", source: "person" },
      ]),
    );
    await changeMembers(ctx, listId, { add: [await idOf("list")], remove: [] });
    await updateContact(ctx, await idOf("name"), { name: "By hand" });
    await writeNote(ctx, await idOf("note"), { text: "Called back." });
    await changeContacts(ctx, { act: "tag", target: { ids: [await idOf("tag")] }, detail: { tag: "vip" } });
    expect((await undone(done.id)).undone).toEqual({ removed: 1, restored: 0, kept: 7 });
    expect(await keys()).toEqual(made.filter((key) => key !== "nobody"));
  });
});
