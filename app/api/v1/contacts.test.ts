import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { makeAttribute, makeContact, makeContactRest } from "@/db/factories/contacts";
import { withTenant } from "@/db/tenant";
import { callApi } from "@/e2e/call-api";
import type { Verb } from "@/lib/http/route";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";

let tenantId: TenantId;
let key: string;
beforeEach(async () => {
  ({ tenantId } = await makeWorkspace());
  key = (await makeKey(tenantId)).secret;
});

type Json = Record<string, unknown>;
const call = async (verb: Verb, path: string, body?: unknown) => {
  const response = await callApi(verb, `/api/v1${path}`, { key, body });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Json };
};
const list = async (query: string) => {
  const { status, body } = await call("GET", `/contacts?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return {
    names: (body.items as { name: string }[]).map(({ name }) => name),
    cursor: body.next_cursor as string | null,
  };
};

describe("a contact", () => {
  it("is created, found, changed field by field and deleted, and the log never learns its name", async () => {
    const made = await call("POST", "/contacts", { name: "Josette Alcindor", email: "Jo@Example.test", tags: ["vip"] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email: "jo@example.test", tags: ["vip"], customer_type: "new", owner: null });
    const path = `/contacts/${made.body.id}`;
    expect((await call("GET", path)).body).toEqual(made.body);

    const changed = await call("PATCH", path, { phone: "3412 3456", email: null, tags: [] });
    expect(changed.body).toMatchObject({
      ...{ name: "Josette Alcindor", email: null, phone: "+50934123456", country: "HT", tags: [] },
      time_zone: { source: "phone", zone: "America/Port-au-Prince" },
    });

    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(404);
    const log = JSON.stringify((await call("GET", "/audit?subject_kind=contact")).body);
    for (const action of ["contact.created", "contact.updated", "contact.deleted"]) expect(log).toContain(action);
    for (const secret of ["Josette", "jo@example", "34123456"]) expect(log).not.toContain(secret);
  });

  it("says which field is wrong, in the spelling of the wire", async () => {
    await makeAttribute(tenantId, { key: "size", type: "number" });
    const { status, body } = await call("POST", "/contacts", { email: "no", phone: "x", attributes: { size: "abc" } });
    expect(status).toBe(422);
    expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      "/phone",
      "/email",
      "/attributes/size",
    ]);
  });

  it("cannot take an external id that is somebody else's", async () => {
    const { id } = await makeContact(tenantId, { externalId: "shop-1" });
    const { status, body } = await call("POST", "/contacts", { name: "Ann", external_id: "shop-1" });
    expect(status).toBe(409);
    expect(body).toMatchObject({ reason: "belongs_to_another" });
    expect(JSON.stringify(body.errors)).toContain(toWireId("contact", id));
  });

  it("keeps both of two changes that are made at once", async () => {
    const { id } = await makeContact(tenantId);
    const path = `/contacts/${toWireId("contact", id)}`;
    await Promise.all([
      call("PATCH", path, { stage: "customer" }),
      call("PATCH", path, { locale: "fr-HT" }),
      call("PATCH", path, { metadata: { crm: 1 } }),
    ]);
    expect((await call("GET", path)).body).toMatchObject({ stage: "customer", locale: "fr-HT", metadata: { crm: 1 } });
  });

  it("leaves nothing behind when it is deleted but what stops its address", async () => {
    const { id } = await makeContactRest(tenantId);
    expect((await call("DELETE", `/contacts/${toWireId("contact", id)}`)).status).toBe(204);
    const tables = ["identities", "contact_tags", "attribute_values", "engagements", "notes", "tasks", "score_changes"];
    for (const table of [...tables, "change_rows", "merges", "contact_aliases", "not_duplicates", "consents"]) {
      const rows = await withTenant(tenantId, "read only", (db) =>
        db.execute(sql`select 1 from ${sql.identifier(table)} where tenant_uuid = ${tenantId} and contact_id = ${id}`),
      );
      expect(rows, table).toHaveLength(0);
    }
  });
});

describe("an upsert by external id", () => {
  it("answers 201 the first time and 200 from then on", async () => {
    const path = "/contacts/by-external-id/shop%2F1";
    const first = await call("PUT", path, { name: "Ann", tags: ["a"] });
    expect(first).toMatchObject({ status: 201, body: { external_id: "shop/1", name: "Ann" } });
    const second = await call("PUT", path, { locale: "fr", tags: ["b"] });
    expect(second).toMatchObject({
      status: 200,
      body: { id: first.body.id, name: "Ann", locale: "fr", tags: ["a", "b"] },
    });
    expect((await call("GET", path)).body).toEqual(second.body);
  });
});

describe("a bulk upsert", () => {
  it("writes what it can and says of each row what became of it", async () => {
    const { status, body } = await call("POST", "/contacts/bulk-upsert", {
      contacts: [
        { external_id: "a", name: "Ann" },
        { external_id: "b", email: "broken" },
        { email: "c@example.test" },
        { external_id: "a", name: "Ann" },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: 2, updated: 0, unchanged: 1, failed: 1 });
    const items = body.items as Json[];
    expect(items.map(({ index, outcome }) => [index, outcome])).toEqual([
      [0, "created"],
      [1, "failed"],
      [2, "created"],
      [3, "unchanged"],
    ]);
    expect(items[1]).toMatchObject({ id: null, external_id: "b", faults: [{ pointer: "/email" }] });
  });

  it("refuses more than a thousand, and none", async () => {
    const contacts = Array.from({ length: 1_001 }, (_, n) => ({ external_id: `${n}` }));
    expect((await call("POST", "/contacts/bulk-upsert", { contacts })).status).toBe(422);
    expect((await call("POST", "/contacts/bulk-upsert", { contacts: [] })).status).toBe(422);
  });
});

describe("the list", () => {
  const cast = async () => {
    const owner = await makeMember(tenantId, { name: "Kervens" });
    await makeContact(tenantId, {
      name: "Ann",
      stage: "customer",
      tags: ["VIP"],
      company: "Work",
      ownerId: owner.personId,
    });
    await makeContact(tenantId, { name: "Bea", stage: "customer", phone: "+50934123456", externalId: "bea" });
    await makeContact(tenantId, { name: "Éric 100%", stage: "lead", tags: ["vip"] });
    await makeContact(tenantId, { name: "Dora_X", stage: "lead", customerType: "existing" });
    return owner;
  };

  it.each([
    ["sort=newest", ["Dora_X", "Éric 100%", "Bea", "Ann"]],
    ["sort=oldest", ["Ann", "Bea", "Éric 100%", "Dora_X"]],
    ["stage=customer", ["Bea", "Ann"]],
    ["customer_type=existing", ["Dora_X"]],
    ["tag=vip", ["Éric 100%", "Ann"]],
    ["tag=vip&stage=lead", ["Éric 100%"]],
    ["tag=none", []],
    ["search=eric", ["Éric 100%"]],
    ["search=ERIC", ["Éric 100%"]],
    ["search=be", ["Bea"]],
    ["search=ea", []],
    ["search=100%25", ["Éric 100%"]],
    ["search=a_x", ["Dora_X"]],
    ["search=3412-3456", ["Bea"]],
    ["search=work", ["Ann"]],
    ["search=work&stage=lead", []],
    ["search=%20%20", ["Dora_X", "Éric 100%", "Bea", "Ann"]],
    ["external_id=bea", ["Bea"]],
    ["phone=3412%203456", ["Bea"]],
    ["phone=nothing", []],
    ["email=nobody", []],
  ])("narrowed by %s answers %j", async (query, names) => {
    await cast();
    expect((await list(query)).names).toEqual(names);
  });

  it("narrows by owner and shows who it is", async () => {
    const owner = await cast();
    const { body } = await call("GET", `/contacts?owner=${toWireId("person", owner.personId)}`);
    expect(body.items).toMatchObject([{ name: "Ann", owner: { name: "Kervens" }, company: "Work", tags: ["VIP"] }]);
  });

  it.each(["newest", "oldest", "name", "score"])("by %s is walked page by page without gap or repeat", async (sort) => {
    for (const name of ["Ann", "Ann", "Bea", "ann", "Ébène", "", "Zoé"]) await makeContact(tenantId, { name });
    const whole = (await list(`sort=${sort}&limit=200`)).names;
    const walked: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await list(`sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      walked.push(...page.names);
      cursor = page.cursor;
    }
    expect(walked).toEqual(whole);
    expect(walked).toHaveLength(7);
  });

  it("refuses a cursor of another order or of nothing", async () => {
    await makeContact(tenantId);
    await makeContact(tenantId);
    const { cursor } = await list("sort=name&limit=1");
    expect((await call("GET", `/contacts?sort=score&limit=1&cursor=${cursor}`)).status).toBe(422);
    expect((await call("GET", "/contacts?cursor=nonsense")).status).toBe(422);
  });
});

describe("accounts", () => {
  it("are added, listed and taken away, and belong to one person", async () => {
    const [one, other] = [await makeContact(tenantId), await makeContact(tenantId)];
    const path = `/contacts/${toWireId("contact", one.id)}/identities`;
    const added = await call("POST", path, { channel: "whatsapp", external_id: "50934123456", handle: "Jo" });
    expect(added).toMatchObject({ status: 201, body: { external_id: "+50934123456", handle: "Jo" } });
    const theirs = `/contacts/${toWireId("contact", other.id)}/identities`;
    const stolen = await call("POST", theirs, { channel: "whatsapp", external_id: "+509 3412 3456" });
    expect(stolen).toMatchObject({ status: 409, body: { errors: [{ pointer: "/identities/0" }] } });
    // However a handle is written it is one account, and adding it again answers the one that is there.
    const handle = `Atelye.${uuidv7().slice(-8)}`;
    const first = await call("POST", theirs, { channel: "instagram", external_id: `@${handle}` });
    expect(first).toMatchObject({ status: 201, body: { external_id: handle.toLowerCase() } });
    expect((await call("POST", theirs, { channel: "instagram", external_id: handle })).body.id).toBe(first.body.id);
    expect((await call("POST", path, { channel: "instagram", external_id: `@${handle}` })).status).toBe(409);
    expect((await call("DELETE", `${theirs}/${added.body.id}`)).status).toBe(404);
    expect((await call("DELETE", `${path}/${added.body.id}`)).status).toBe(204);
    expect((await call("GET", path)).body.items).toEqual([]);
  });
});

describe("tags, companies and attributes", () => {
  it("are one thing however they are written", async () => {
    expect((await call("POST", "/tags", { name: "Big Spender" })).status).toBe(201);
    expect(await call("POST", "/tags", { name: "big  SPENDER" })).toMatchObject({
      status: 409,
      body: { reason: "name_taken", errors: [{ pointer: "/name" }] },
    });
    await makeContact(tenantId, { tags: ["BIG SPENDER"], company: "Atelye  Nò" });
    await makeContact(tenantId, { company: "atelye nò" });
    expect((await call("GET", "/tags")).body.items).toMatchObject([{ name: "Big Spender", contacts: 1 }]);
    expect((await call("GET", "/companies")).body.items).toMatchObject([{ name: "Atelye Nò", contacts: 2 }]);
  });

  it("a renamed tag stays on its contacts, a deleted one goes from them", async () => {
    await makeContact(tenantId, { name: "Ann", tags: ["vip"] });
    const { body } = await call("GET", "/tags");
    const id = (body.items as { id: string }[])[0]?.id;
    expect((await call("PATCH", `/tags/${id}`, { name: "Stammkunde" })).body).toMatchObject({ contacts: 1 });
    expect((await list("tag=stammkunde")).names).toEqual(["Ann"]);
    expect((await call("DELETE", `/tags/${id}`)).status).toBe(204);
    expect((await list("tag=stammkunde")).names).toEqual([]);
  });

  it("who works at a renamed company is found by its new name", async () => {
    await makeContact(tenantId, { name: "Ann", company: "Old House" });
    const { body } = await call("GET", "/companies?search=OLD");
    const id = (body.items as { id: string }[])[0]?.id;
    expect((await call("PATCH", `/companies/${id}`, { name: "Kay Nèf" })).status).toBe(200);
    expect((await list("search=nef")).names).toEqual(["Ann"]);
    expect((await list("search=old")).names).toEqual([]);
  });

  it("an attribute's type changes only while nobody has a value", async () => {
    const made = await call("POST", "/attributes", { key: "size", label: "Size", type: "text" });
    const path = `/attributes/${made.body.id}`;
    expect((await call("PATCH", path, { type: "number" })).body).toMatchObject({ type: "number", values: 0 });
    await makeContact(tenantId, { attributes: { size: 38 } });
    expect(await call("PATCH", path, { type: "text" })).toMatchObject({
      status: 409,
      body: { reason: "has_values", detail: expect.stringContaining("1 contact has") },
    });
    expect((await call("PATCH", path, { label: "Shoe size" })).body).toMatchObject({ label: "Shoe size", values: 1 });
    expect((await call("DELETE", path)).status).toBe(204);
    const { body } = await call("GET", "/contacts");
    const id = (body.items as { id: string }[])[0]?.id;
    expect((await call("GET", `/contacts/${id}`)).body.attributes).toEqual({});
  });
});
