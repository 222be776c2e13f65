import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { withTenant } from "@/db/tenant";
import { callApi, cookieOf } from "@/e2e/call-api";
import { jobContext } from "@/inngest/context";
import type { Verb } from "@/lib/http/route";
import { fromWireId } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { forgetImport } from "@/lib/services/imports/forget-import";
import { importPortion } from "@/lib/services/imports/import-portion";
import { undoPortion } from "@/lib/services/imports/undo-portion";

let tenantId: TenantId;
let key: string;

beforeEach(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  key = (await makeKey(tenantId)).secret;
});

type Answer = Record<string, unknown> & { id: string };
const api = async (verb: Verb, path: string, body?: unknown) => {
  const response = await callApi(verb, `/api/v1${path}`, { key, body });
  const text = await response.text();
  return { status: response.status, text, body: (text.startsWith("{") ? JSON.parse(text) : {}) as Answer };
};
const upload = (file: string | Uint8Array, name = "kliyan.csv") =>
  api("POST", `/imports?file_name=${name}`, typeof file === "string" ? Buffer.from(file) : file);
const uuidOf = (wireId: string) => fromWireId("import", wireId) ?? "";
const job = () => jobContext({ tenantId }, "run-import", "run_test");
const rowsOf = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  withTenant(tenantId, "read only", async (db) => [...(await db.execute<Row>(query))]);

async function run(wireId: string) {
  expect((await api("POST", `/imports/${wireId}/start`)).status).toBe(200);
  await importPortion(job(), uuidOf(wireId));
  return (await api("GET", `/imports/${wireId}`)).body;
}
async function undo(wireId: string) {
  expect((await api("POST", `/imports/${wireId}/undo`)).status).toBe(200);
  await undoPortion(job(), uuidOf(wireId));
  return (await api("GET", `/imports/${wireId}`)).body;
}
async function imported(file: string, changes: object = {}) {
  const { body } = await upload(file);
  const changed = await api("PATCH", `/imports/${body.id}`, changes);
  expect(changed.status, changed.text).toBe(200);
  return run(body.id);
}

const file = [
  "ID,First name,Last name,E-mail,Phone,Tags,Plan",
  "k-1,Mirlande,Pierre,Mirlande@Example.test,+50934123456,vip; twal,gold",
  "k-2,Josette,Alcindor,josette@example.test,,twal,",
  "k-3,Nadège,Étienne,not an address,,,silver",
  "",
].join("\r\n");

const plan = { key: "plan", label: "Plan", type: "text" };
const mapping = [
  { column: 0, target: "external_id" },
  { column: 1, target: "first_name" },
  { column: 2, target: "last_name" },
  { column: 3, target: "email" },
  { column: 4, target: "phone" },
  { column: 5, target: "tags" },
  { column: 6, target: "attribute:plan" },
];
const choices = { mapping, options: { new_attributes: [plan] } };

describe("what a file does beside taking people in", () => {
  it("needs the right to do it by hand", async () => {
    const list = await api("POST", "/segments", { name: "From the fair", kind: "list" });
    const cases = [
      { options: { new_attributes: [plan] }, mapping, needs: "contacts:configure" },
      { options: { segment_id: list.body.id }, mapping: mapping.slice(0, 6), needs: "segments:write" },
    ];
    for (const { needs, ...changes } of cases) {
      const { body } = await upload(file);
      const changed = await api("PATCH", `/imports/${body.id}`, changes);
      expect(changed.status, changed.text).toBe(200);
      const start = async (...scopes: string[]) => {
        const { secret } = await makeKey(tenantId, scopes);
        return callApi("POST", `/api/v1/imports/${body.id}/start`, { key: secret });
      };
      const refused = await start("contacts:bulk");
      expect([refused.status, (await refused.json()).facts]).toEqual([403, { needs }]);
      expect((await start("contacts:bulk", needs)).status).toBe(200);
    }
  });

  it("is vouched for by whoever starts it, not by whoever brought it", async () => {
    const options = { consent: { channels: ["email"], source: "Fair of May" } };
    const member = await makeMember(tenantId, { role: "owner" });
    const { cookie } = await cookieOf(member.personId, { activeTenantId: tenantId });
    const basis = async (mark: string, by: { key: string } | { cookie: string }) => {
      const { body } = await upload(`ID,E-mail\r\n${mark},${mark}@example.test\r\n`);
      await api("PATCH", `/imports/${body.id}`, { options });
      expect((await callApi("POST", `/api/v1/imports/${body.id}/start`, by)).status).toBe(200);
      await importPortion(job(), uuidOf(body.id));
      const [line] = await rowsOf<{ basis: string }>(sql`
        select l.basis from consents l join contacts c on c.tenant_uuid = l.tenant_uuid and c.id = l.contact_id
        where c.external_id = ${mark}`);
      return line?.basis;
    };
    expect(await basis("by-program", { key })).toBe("caller_asserted");
    expect(await basis("by-person", { cookie })).toBe("express");
  });
});

describe("an upload", () => {
  it("is read as it comes, and its columns are guessed", async () => {
    const { status, body } = await upload(file);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ file_name: "kliyan.csv", state: "ready", rows: 3, delimiter: ",", encoding: "utf-8" },
      ...{ bytes: Buffer.byteLength(file), acts: ["change", "start", "delete"] },
    });
    const targets = (body.mapping as { target: string }[]).map(({ target }) => target);
    expect(targets.slice(0, 6)).toEqual(["external_id", "first_name", "last_name", "email", "phone", "tags"]);
    const pieces = await rowsOf(sql`select rows, first_row from file_pieces where file_id = ${uuidOf(body.id)}`);
    expect(pieces).toEqual([{ rows: 3, first_row: 2 }]);
  });

  it.each([
    ["a quote that is never closed", 'name,email\r\nAna,"a@example.test\r\nBo,b@example.test\r\n', "/rows/2"],
    ["a NUL byte", "name,email\r\nAna,a@example.test\r\nB\0o,b@example.test\r\n", "/rows/3"],
    ["nothing but headings", "name,email\r\n", ""],
    ["nothing", "", ""],
    ["a spreadsheet file", "PK\u0003\u0004xxxx", ""],
  ])("with %s is refused with its row, and leaves nothing", async (_, text, pointer) => {
    const { status, body } = await upload(text);
    expect(status).toBe(422);
    expect(body.detail).toMatch(/^[A-Z].*\.$/);
    expect((body.errors as { pointer: string }[])[0]?.pointer).toBe(pointer);
    expect(await rowsOf(sql`select 1 from imports union all select 1 from file_pieces`)).toEqual([]);
  });

  it("that breaks off in the middle leaves nothing", async () => {
    const { uploadFile } = await import("@/lib/services/imports/upload-file");
    async function* broken() {
      yield Buffer.from("name,email\r\nAna,a@example.test\r\n".repeat(20_000));
      throw new Error("The connection is gone.");
    }
    await expect(uploadFile(job(), { fileName: "x.csv" }, broken())).rejects.toThrow("The connection is gone.");
    expect(await rowsOf(sql`select 1 from imports union all select 1 from file_pieces`)).toEqual([]);
  });

  it("in UTF-16 with semicolons is read like any other", async () => {
    const text = "\ufeffNom;Courriel\r\nÉlise Jérôme;elise@example.test\r\n";
    const { body } = await upload(Buffer.from(text, "utf16le"));
    expect(body).toMatchObject({ encoding: "utf-16le", delimiter: ";", rows: 1, header: ["Nom", "Courriel"] });
  });

  it("is refused once twenty files wait", async () => {
    for (let at = 0; at < 20; at++) expect((await upload(file)).status).toBe(201);
    const { status, body } = await upload(file);
    expect(status).toBe(409);
    expect(body.reason).toBe("too_many_open_imports");
  });
});

describe("the preview", () => {
  it("shows the rows as they will be and groups what is wrong, and writes nothing", async () => {
    const { body } = await upload(file);
    const { status, body: preview, text } = await api("POST", `/imports/${body.id}/preview`, choices);
    expect(status, text).toBe(200);
    expect(preview).toMatchObject({ looked: 3, faulty: 1 });
    const rows = preview.rows as { outcome: string; fields: { target: string; value: string }[] }[];
    expect(rows.map(({ outcome }) => outcome)).toEqual(["created", "created", "failed"]);
    expect(rows[0]?.fields).toContainEqual({ target: "email", value: "mirlande@example.test" });
    expect(preview.problems).toMatchObject([{ column: 3, header: "E-mail", rows: 1, first_row: 4 }]);
    expect((preview.columns as { samples: string[] }[])[1]?.samples).toEqual(["Mirlande", "Josette", "Nadège"]);
    expect(
      await rowsOf(sql`select 1 from contacts union all select 1 from tags union all select 1 from attributes`),
    ).toEqual([]);
  });
});

describe("an import", () => {
  it("takes in whom it can, and tells of the others with row and reason", async () => {
    const done = await imported(file, choices);
    expect(done).toMatchObject({ state: "done", rows: 3, done: 3, created: 2, updated: 0, skipped: 0, failed: 1 });
    const people = await rowsOf(sql`
      select external_id, name, email, phone, (select text_value from attribute_values v where v.contact_id = c.id) as plan,
        (select count(*)::int from contact_tags t where t.contact_id = c.id) as tags
      from contacts c order by external_id`);
    expect(people).toEqual([
      {
        ...{ external_id: "k-1", name: "Mirlande Pierre", email: "mirlande@example.test", phone: "+50934123456" },
        ...{ plan: "gold", tags: 2 },
      },
      {
        ...{ external_id: "k-2", name: "Josette Alcindor", email: "josette@example.test", phone: null },
        ...{ plan: null, tags: 1 },
      },
    ]);
    const problems = await api("GET", `/imports/${done.id}/problems`);
    expect(problems.body.items).toMatchObject([
      { row: 4, field: "E-mail", cells: ["k-3", "Nadège", "Étienne"].concat(["not an address", "", "", "silver"]) },
    ]);
    const asFile = await api("GET", `/imports/${done.id}/problems/file`);
    expect(asFile.text.split("\r\n")[0]).toBe("ID,First name,Last name,E-mail,Phone,Tags,Plan,Row,Problem");
    expect(asFile.text).toContain("k-3,Nadège,Étienne,not an address,,,silver,4,");
    // The file has served: personal data is not kept longer than it is needed.
    expect(await rowsOf(sql`select 1 from file_pieces`)).toEqual([]);
  });

  it("of the same file a second time changes nothing", async () => {
    await imported(file, choices);
    const before = await rowsOf(sql`select id, updated_at from contacts order by id`);
    const again = await imported(file, { mapping });
    expect(again).toMatchObject({ state: "done", created: 0, updated: 0, skipped: 2, failed: 1 });
    expect(await rowsOf(sql`select id, updated_at from contacts order by id`)).toEqual(before);
  });

  it("follows its policy with people who are known", async () => {
    await imported(file, choices);
    const other = file.replace("Mirlande,Pierre", "Mirlande,Paul");
    const names = () => rowsOf(sql`select name from contacts where email = 'mirlande@example.test' order by id`);
    expect(await imported(other, { mapping, policy: "skip" })).toMatchObject({ created: 0, updated: 0, skipped: 2 });
    expect(await names()).toEqual([{ name: "Mirlande Pierre" }]);
    expect(await imported(other, { mapping, policy: "update" })).toMatchObject({ updated: 1, skipped: 1 });
    expect(await names()).toEqual([{ name: "Mirlande Paul" }]);
    const withoutId = [{ column: 0, target: null }, ...mapping.slice(1)];
    expect(await imported(other, { mapping: withoutId, policy: "create" })).toMatchObject({ created: 2 });
    expect(await names()).toHaveLength(2);
  });

  it("that two processes work on at once writes every row once", async () => {
    const lines = Array.from({ length: 6_000 }, (_, at) => `p-${at},Person ${at},p${at}@example.test`);
    const { body } = await upload(["id,name,email", ...lines].join("\n"));
    await api("POST", `/imports/${body.id}/start`);
    const id = uuidOf(body.id);
    await Promise.all([importPortion(job(), id), importPortion(job(), id), importPortion(job(), id)]);
    const { body: done } = await api("GET", `/imports/${body.id}`);
    expect(done).toMatchObject({ state: "done", done: 6_000, created: 6_000, failed: 0 });
    expect(await rowsOf(sql`select count(*)::int as count from contacts`)).toEqual([{ count: 6_000 }]);
  });

  it("and another one of the same file at the same time both succeed", async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => `p-${at},Person ${at},p${at}@example.test`);
    const text = ["id,name,email", ...lines].join("\n");
    const [one, other] = [(await upload(text)).body, (await upload(text)).body];
    for (const { id } of [one, other]) await api("POST", `/imports/${id}/start`);
    await Promise.all([one, other].map(({ id }) => importPortion(job(), uuidOf(id))));
    const [first, second] = [
      (await api("GET", `/imports/${one.id}`)).body,
      (await api("GET", `/imports/${other.id}`)).body,
    ];
    expect([first.state, second.state]).toEqual(["done", "done"]);
    expect(Number(first.created) + Number(second.created)).toBe(3_000);
    expect(Number(first.failed) + Number(second.failed)).toBe(0);
    expect(await rowsOf(sql`select count(*)::int as count from contacts`)).toEqual([{ count: 3_000 }]);
  });

  it("can be stopped, and keeps what is in", async () => {
    const { body } = await upload(file);
    await api("POST", `/imports/${body.id}/start`);
    expect((await api("POST", `/imports/${body.id}/cancel`)).body).toMatchObject({
      state: "cancelled",
      acts: ["undo"],
    });
    expect(await importPortion(job(), uuidOf(body.id))).toMatchObject({ isOver: true, rows: 0 });
    expect((await api("POST", `/imports/${body.id}/start`)).status).toBe(409);
  });

  it("gives everybody the tags that were said for all", async () => {
    await imported(file, { mapping: mapping.slice(0, 5), options: { tags: ["nwèl 2026"] } });
    expect(await rowsOf(sql`select count(*)::int as count from contact_tags`)).toEqual([{ count: 2 }]);
  });

  it("takes down consent with its source, and never over somebody's no", async () => {
    await imported(file, choices);
    const [{ id } = { id: "" }] = await rowsOf<{ id: string }>(sql`select id from contacts where external_id = 'k-1'`);
    const { recordConsents } = await import("@/lib/services/consent/record-consents");
    const { transaction } = await import("@/lib/services/context");
    await transaction(job(), (tx) =>
      recordConsents(tx, [
        { contactId: id, channel: "email", purpose: "marketing", state: "denied", source: "person" },
      ]),
    );
    const consent = { channels: ["email"], source: "The fair of May 2026" };
    await imported(file, { mapping, options: { consent } });
    expect(
      await rowsOf(sql`
        select c.external_id, s.state from consent_states s join contacts c on c.id = s.contact_id order by 1`),
    ).toEqual([
      { external_id: "k-1", state: "denied" },
      { external_id: "k-2", state: "granted" },
    ]);
  });

  it.each([
    [{ mapping: [{ column: 9, target: "email" }] }, "/mapping/0/column"],
    [{ mapping: [{ column: 0, target: "shoe_size" }] }, "/mapping/0/target"],
    [{ mapping: [{ column: 0, target: "attribute:nothing" }] }, "/mapping/0/target"],
    [{ mapping: [0, 1].map((column) => ({ column, target: "email" })) }, "/mapping/1/target"],
    [{ options: { default_country: "Haiti" } }, "/options/default_country"],
    [{ options: { segment_id: "seg_00000000000000000000000000" } }, "/options/segment_id"],
  ])("refuses %j and names the field", async (changes, pointer) => {
    const { body } = await upload(file);
    const refused = await api("PATCH", `/imports/${body.id}`, changes);
    expect(refused.status, refused.text).toBe(422);
    expect((refused.body.errors as { pointer: string }[])[0]?.pointer).toBe(pointer);
  });

  it("is not started while no column says who somebody is", async () => {
    const { body } = await upload("Plan\r\ngold\r\n");
    await api("PATCH", `/imports/${body.id}`, { mapping: [{ column: 0, target: "tags" }] });
    const refused = await api("POST", `/imports/${body.id}/start`);
    expect(refused.status).toBe(422);
    expect((refused.body.errors as { pointer: string }[])[0]?.pointer).toBe("/mapping");
  });
});

describe("taking an import back", () => {
  it("removes whom it made and gives back whom it changed", async () => {
    await imported(file, choices);
    const before = await photograph();
    const second = file
      .replace("Mirlande,Pierre", "Mirlande,Paul")
      .replace("vip; twal,gold", "nwèl,silver")
      .replace("not an address", "nadege@example.test");
    const done = await imported(second, { mapping });
    expect(done).toMatchObject({ created: 1, updated: 1, skipped: 1 });
    expect(await photograph()).not.toEqual(before);
    const undone = await undo(done.id);
    expect(undone).toMatchObject({ state: "undone", undone: { removed: 1, restored: 1, kept: 0 } });
    expect(await photograph()).toEqual(before);
  });

  it("leaves what somebody has changed since, and says how many", async () => {
    const done = await imported(file, choices);
    await rowsOfWrite(
      sql`update contacts set name = 'Somebody', updated_at = now() + interval '1 second' where external_id = 'k-1'`,
    );
    expect(await undo(done.id)).toMatchObject({ state: "undone", undone: { removed: 1, restored: 0, kept: 1 } });
    expect(await rowsOf(sql`select name from contacts`)).toEqual([{ name: "Somebody" }]);
  });

  it("takes the consent back that it had said, without making it an opt-out", async () => {
    await imported(file, choices);
    const done = await imported(file, { mapping, options: { consent: { channels: ["email"], source: "The fair" } } });
    const standing = () => rowsOf(sql`select state, expires_at <= now() as "isOver" from consent_states`);
    const [agreed, over] = [
      { state: "granted", isOver: null },
      { state: "granted", isOver: true },
    ];
    expect(await standing()).toEqual([agreed, agreed]);
    await undo(done.id);
    expect(await standing()).toEqual([over, over]);
  });

  it("is done once, however often it is asked for", async () => {
    const done = await imported(file, choices);
    await undo(done.id);
    expect((await api("POST", `/imports/${done.id}/undo`)).status).toBe(409);
    expect(await undoPortion(job(), uuidOf(done.id))).toMatchObject({ isOver: true, removed: 2 });
  });
});

describe("a file that nobody started", () => {
  it("can be thrown away, and is forgotten by the sweep; one that was started is not", async () => {
    const { body } = await upload(file);
    expect((await api("DELETE", `/imports/${body.id}`)).status).toBe(204);
    const other = (await upload(file)).body;
    await forgetImport(job(), uuidOf(other.id));
    expect(await rowsOf(sql`select 1 from imports union all select 1 from file_pieces`)).toEqual([]);
    const done = await imported(file, choices);
    await forgetImport(job(), uuidOf(done.id));
    expect((await api("DELETE", `/imports/${done.id}`)).status).toBe(409);
    expect(await rowsOf(sql`select 1 from imports`)).toHaveLength(1);
  });
});

it("a viewer sees no imports", async () => {
  const { secret } = await makeKey(tenantId, ["contacts:read"]);
  await makeMember(tenantId);
  expect((await callApi("GET", "/api/v1/imports", { key: secret })).status).toBe(403);
});

const rowsOfWrite = (query: ReturnType<typeof sql>) => withTenant(tenantId, "read write", (db) => db.execute(query));

/** Everybody with all that an import can touch, except the moment of the last change. */
const photograph = () =>
  rowsOf(sql`
    select to_jsonb(c) - 'updated_at' as contact,
      (select jsonb_agg(t.tag_id order by t.tag_id) from contact_tags t where t.contact_id = c.id) as tags,
      (select jsonb_agg(to_jsonb(v) order by v.attribute_id) from attribute_values v where v.contact_id = c.id) as attributes
    from contacts c order by c.id`);
