import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { makeExport } from "@/db/factories/imports";
import { withTenant } from "@/db/tenant";
import { callApi, cookieOf } from "@/e2e/call-api";
import { jobContext } from "@/inngest/context";
import { splitUpload } from "@/lib/domain/contacts/csv/split-upload";
import { fromWireId } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { expireExport } from "@/lib/services/imports/export-files";
import { exportPortion } from "@/lib/services/imports/export-portion";

let tenantId: TenantId;
let key: string;

beforeEach(async () => {
  tenantId = (await makeWorkspace()).tenantId;
  key = (await makeKey(tenantId)).secret;
});

const job = () => jobContext({ tenantId }, "run-export", "run_test");
const create = (body: object = {}) => callApi("POST", "/api/v1/exports", { key, body });
const fileOf = (id: string) => callApi("GET", `/api/v1/exports/${id}/file`, { key });
const people = (contacts: object[]) => callApi("POST", "/api/v1/contacts/bulk-upsert", { key, body: { contacts } });

async function exported(body: object = {}) {
  const created = await create(body);
  expect(created.status, await created.clone().text()).toBe(201);
  const { id } = (await created.json()) as { id: string };
  await exportPortion(job(), fromWireId("export", id) ?? "");
  const shown = await callApi("GET", `/api/v1/exports/${id}`, { key });
  return { id, shown: (await shown.json()) as Record<string, unknown> };
}

describe("an export", () => {
  it("writes everybody whom the filter finds, and is downloaded as a file with a line in the log", async () => {
    await people([
      { external_id: "k-1", name: "Mirlande Pierre", email: "mirlande@example.test", tags: ["vip", "twal"] },
    ]);
    await people([{ external_id: "k-2", name: "Josette", stage: "customer" }]);
    const { id, shown } = await exported({ columns: ["external_id", "name", "email", "tags"] });
    expect(shown).toMatchObject({ state: "done", done: 2, kind: "contacts" });
    const file = await fileOf(id);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="contacts-\d{4}-\d\d-\d\d\.csv"$/);
    // Spreadsheets need the mark in front to read accents.
    expect([...new Uint8Array(await file.clone().arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    expect(await file.text()).toBe(
      "external_id,name,email,tags\r\nk-1,Mirlande Pierre,mirlande@example.test,twal; vip\r\nk-2,Josette,,\r\n",
    );
    const { shown: some, id: other } = await exported({ filter: { stage: "customer" }, columns: ["name"] });
    expect(some).toMatchObject({ done: 1 });
    expect(await (await fileOf(other)).text()).toBe("name\r\nJosette\r\n");
    const lines = await withTenant(tenantId, "read only", (db) =>
      db.execute(sql`select count(*)::int as count from audit_lines where action = 'export.downloaded'`),
    );
    expect(lines[0]).toEqual({ count: 2 });
  });

  it("neutralises cells that a spreadsheet would run", async () => {
    await people([{ external_id: "k-1", name: '=HYPERLINK("http://evil.example";"Click")' }]);
    const { id } = await exported({ columns: ["name"] });
    expect(await (await fileOf(id)).text()).toContain(`"'=HYPERLINK(""http://evil.example"";""Click"")"`);
  });

  it("can be imported again without a change", async () => {
    await people([{ external_id: "k-1", name: "Élise Jérôme", phone: "+50934123456", tags: ["twal"] }]);
    const { id } = await exported();
    const bytes = new Uint8Array(await (await fileOf(id)).arrayBuffer());
    const walk = splitUpload(
      (async function* () {
        yield bytes;
      })(),
    );
    const piece = (await walk.next()).value;
    expect(piece).toMatchObject({ rows: 1, firstRow: 2 });
    const uploaded = await callApi("POST", "/api/v1/imports", { key, body: bytes });
    const { id: importId, mapping } = (await uploaded.json()) as { id: string; mapping: { target: string | null }[] };
    expect(mapping.map(({ target }) => target)).toEqual(
      expect.arrayContaining(["external_id", "name", "phone", "tags"]),
    );
    const preview = await callApi("POST", `/api/v1/imports/${importId}/preview`, { key, body: {} });
    expect(await preview.json()).toMatchObject({ rows: [{ outcome: "unchanged" }], faulty: 0 });
  });

  it("tells accounts and what people said to marketing, in columns that an import reads again", async () => {
    await people([
      {
        ...{ external_id: "k-1", name: "Élise", email: "elise@example.test", phone: "+50934123456" },
        identities: [
          { channel: "instagram", external_id: "elise" },
          { channel: "instagram", external_id: "elise.shop" },
        ],
      },
      { name: "Account only", identities: [{ channel: "whatsapp", external_id: "+50934123457" }] },
      { external_id: "k-3", name: "Asserted", email: "asserted@example.test" },
      { external_id: "k-4", name: "Shares the number of Élise", phone: "+50934123456" },
    ]);
    const found = await withTenant(tenantId, "read only", (db) =>
      db.execute<{ id: string; key: string | null }>(sql`select id, external_id as key from contacts`),
    );
    const idOf = (key: string | null) => found.find((row) => row.key === key)?.id ?? "";
    const { recordConsents } = await import("@/lib/services/consent/record-consents");
    const { transaction } = await import("@/lib/services/context");
    const marketing = { purpose: "marketing", source: "person" } as const;
    const said = [
      { contactId: idOf("k-1"), channel: "email", state: "granted", basis: "express" },
      { contactId: idOf("k-1"), channel: "sms", state: "denied" },
      { contactId: idOf(null), channel: "whatsapp", state: "granted", basis: "express" },
    ] as const;
    await transaction(job(), (tx) =>
      recordConsents(tx, [
        ...said.map((line) => ({ ...line, ...marketing })),
        { contactId: idOf("k-3"), channel: "email", purpose: "marketing", state: "granted", source: "key" },
      ]),
    );
    const columns = [
      "external_id",
      "name",
      "whatsapp",
      "instagram",
      "consent_email",
      "consent_sms",
      "consent_whatsapp",
    ];
    const { id } = await exported({ columns });
    const bytes = new Uint8Array(await (await fileOf(id)).arrayBuffer());
    const lines = Buffer.from(bytes).toString("utf8").trimEnd().split("\r\n");
    expect(lines.slice(1).sort()).toEqual([
      ",Account only,'+50934123457,,,,yes",
      // What a program vouched for would come back from a file as the person's own word.
      "k-1,Élise,,elise; elise.shop,yes,no,",
      "k-3,Asserted,,,,,",
      "k-4,Shares the number of Élise,,,,no,",
    ]);
    const uploaded = await callApi("POST", "/api/v1/imports", { key, body: bytes });
    const { id: importId, mapping } = (await uploaded.json()) as { id: string; mapping: { target: string | null }[] };
    expect(mapping.map(({ target }) => target)).toEqual(columns);
    const preview = await callApi("POST", `/api/v1/imports/${importId}/preview`, { key, body: {} });
    const { rows } = (await preview.json()) as { rows: { outcome: string }[] };
    expect(rows.map(({ outcome }) => outcome)).toEqual(rows.map(() => "unchanged"));
    expect(rows).toHaveLength(4);
  });

  it("of nobody is a file with headings only", async () => {
    const { id, shown } = await exported({ columns: ["name", "email"] });
    expect(shown).toMatchObject({ state: "done", done: 0 });
    expect(await (await fileOf(id)).text()).toBe("name,email\r\n");
  });

  it("is not handed out before it is done, nor after it has expired", async () => {
    const created = (await (await create()).json()) as { id: string };
    expect((await fileOf(created.id)).status).toBe(409);
    const old = await makeExport(tenantId, { expiresAt: new Date(Date.now() - 1_000) });
    const refused = await fileOf(old.id);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ reason: "export_expired" });
    await expireExport(job(), old.id);
    const pieces = await withTenant(tenantId, "read only", (db) =>
      db.execute(sql`select 1 from file_pieces where file_id = ${old.id}`),
    );
    expect(pieces).toHaveLength(0);
  });

  it("asks a person to prove who they are", async () => {
    const member = await makeMember(tenantId, { role: "marketer" });
    const { cookie, sessionId } = await cookieOf(member.personId, { activeTenantId: tenantId });
    const { asGate } = await import("@/db/system");
    await asGate((db) =>
      db.execute(sql`update sessions set proven_at = now() - interval '1 hour' where id = ${sessionId}`),
    );
    const refused = await callApi("POST", "/api/v1/exports", { cookie, body: {} });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ reason: "proof_needed" });
  });

  it("by a search that finds more than is shown is refused, for a part of them would pass for all", async () => {
    const wide = await callApi("POST", "/api/v1/exports", { key, body: { filter: { search: "'" } } });
    expect([wide.status, (await wide.json()).errors[0].pointer]).toEqual([422, "/filter/search"]);
    await withTenant(tenantId, "read write", (db) =>
      db.execute(sql`insert into contacts (tenant_uuid, id, name, search)
        select ${tenantId}::uuid, gen_random_uuid(), 'Marie', ' marie' from generate_series(1, 2000)`),
    );
    const many = await callApi("POST", "/api/v1/exports", { key, body: { filter: { search: "marie" } } });
    expect([many.status, (await many.json()).errors[0].message]).toEqual([422, expect.stringContaining("2,000")]);
  });

  it("is withdrawn when somebody is erased: it may hold them", async () => {
    await people([
      { external_id: "k-1", name: "Mirlande" },
      { external_id: "k-2", name: "Josette" },
    ]);
    const { id } = await exported();
    const going = (await makeExport(tenantId, { state: "running" })).id;
    const others = (await makeExport(tenantId, { kind: "person" })).id;
    const { id: person } = await (await callApi("GET", "/api/v1/contacts/by-external-id/k-1", { key })).json();
    expect((await callApi("POST", `/api/v1/contacts/${person}/erase`, { key, body: {} })).status).toBe(200);
    expect((await fileOf(id)).status).toBe(409);
    const left = await withTenant(tenantId, "read only", (db) =>
      db.execute(sql`select distinct file_id as id from file_pieces`),
    );
    expect(left.map((row) => row.id)).not.toContain(fromWireId("export", id));
    const state = async (one: string) => (await callApi("GET", `/api/v1/exports/${one}`, { key })).json();
    expect(await state(going)).toMatchObject({ state: "failed", failure: expect.stringContaining("Export again") });
    expect(await state(others)).not.toMatchObject({ state: "expired" });
    expect(await exportPortion(job(), going)).toMatchObject({ isOver: true, rows: 0 });
  });

  it("of a person's data is not handed to whoever may only export lists", async () => {
    const { id } = await makeExport(tenantId, { kind: "person" });
    const { secret } = await makeKey(tenantId, ["contacts:export"]);
    expect((await callApi("GET", `/api/v1/exports/${id}/file`, { key: secret })).status).toBe(403);
  });
});
