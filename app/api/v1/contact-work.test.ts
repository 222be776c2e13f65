import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { makeBulkChange, makeMerge, makeNote, makePlainContact, makeTask } from "@/db/factories/contact-work";
import { withTenant } from "@/db/tenant";
import { callApi, cookieOf } from "@/e2e/call-api";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { addMs, dayMs, hourMs } from "@/lib/kernel/time";

const con = (id: string) => toWireId("contact", id);
async function world() {
  const { tenantId } = await makeWorkspace();
  const { secret: key } = await makeKey(tenantId);
  return { tenantId, key };
}
const get = async (path: string, access: { key: string } | { cookie: string }) => {
  const response = await callApi("GET", path, access);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as { items: Record<string, unknown>[]; next_cursor: string | null };
};
const personOf = async (tenantId: TenantId, role: "admin" | "marketer" | "viewer") => {
  const member = await makeMember(tenantId, { role });
  return { ...member, ...(await cookieOf(member.personId, { activeTenantId: tenantId })) };
};

describe("notes", () => {
  it("are written, read newest first, and changed by their author or an admin only", async () => {
    const { tenantId } = await world();
    const [author, colleague, admin] = [
      await personOf(tenantId, "marketer"),
      await personOf(tenantId, "marketer"),
      await personOf(tenantId, "admin"),
    ];
    const { id } = await makePlainContact(tenantId);
    const text = "Line one\n<img src=x onerror=alert(1)> \u202egnitirw";
    const made = await callApi("POST", `/api/v1/contacts/${con(id)}/notes`, { ...author, body: { text } });
    expect(made.status).toBe(201);
    const note = await made.json();
    expect(note).toMatchObject({ text, author: { id: toWireId("person", author.personId) } });
    const change = (who: { cookie: string }) =>
      callApi("PATCH", `/api/v1/notes/${note.id}`, { ...who, body: { text: "Shorter." } });
    expect((await change(colleague)).status).toBe(403);
    expect((await change(author)).status).toBe(200);
    expect((await get(`/api/v1/contacts/${con(id)}/notes`, author)).items).toMatchObject([{ text: "Shorter." }]);
    expect((await callApi("DELETE", `/api/v1/notes/${note.id}`, { cookie: admin.cookie })).status).toBe(204);
    expect((await get(`/api/v1/contacts/${con(id)}/notes`, author)).items).toEqual([]);
  });

  it("are found under the id of a contact that was merged away", async () => {
    const { tenantId, key } = await world();
    const { winnerId, loserId } = await makeMerge(tenantId);
    await makeNote(tenantId, { contactId: winnerId, text: "Hers." });
    expect((await get(`/api/v1/contacts/${con(loserId)}/notes`, { key })).items).toMatchObject([{ text: "Hers." }]);
    const written = await callApi("POST", `/api/v1/contacts/${con(loserId)}/notes`, { key, body: { text: "Too." } });
    expect(await written.json()).toMatchObject({ contact_id: con(winnerId) });
  });
});

describe("tasks", () => {
  it("are listed by the day they are due, mine and overdue apart, page by page", async () => {
    const { tenantId, key } = await world();
    const me = await personOf(tenantId, "marketer");
    const now = new Date();
    const due = (hours: number, title: string, assigneeId?: string) =>
      makeTask(tenantId, { title, dueAt: addMs(now, hours * hourMs), assigneeId });
    await due(5, "later", me.personId);
    await due(-5, "late", me.personId);
    await due(-9, "somebody's");
    await makeTask(tenantId, { title: "some day" });
    const titles = async (query: string, access: { key: string } | { cookie: string } = { key }) =>
      (await get(`/api/v1/tasks?${query}`, access)).items.map(({ title }) => title);
    expect(await titles("state=open")).toEqual(["somebody's", "late", "later", "some day"]);
    expect(await titles("mine=true&state=open", me)).toEqual(["late", "later"]);
    expect(await titles("overdue=true")).toEqual(["somebody's", "late"]);
    const seen: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { items: Record<string, unknown>[]; next_cursor: string | null } = await get(
        `/api/v1/tasks?state=open&limit=1${cursor && `&cursor=${cursor}`}`,
        { key },
      );
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(["somebody's", "late", "later", "some day"]);
  });

  it("that are late need whom they were given to, and nobody else", async () => {
    const { tenantId } = await world();
    const [me, colleague] = [await personOf(tenantId, "marketer"), await personOf(tenantId, "marketer")];
    const needs = async (who: { cookie: string }) =>
      (await get("/api/v1/needs-you", who)).items.filter(({ kind }) => kind === "tasks_overdue");
    await makeTask(tenantId, { assigneeId: me.personId, dueAt: addMs(new Date(), dayMs) });
    expect(await needs(me)).toEqual([]);
    await makeTask(tenantId, { assigneeId: me.personId, title: "Late", dueAt: addMs(new Date(), -2 * dayMs) });
    await makeTask(tenantId, { assigneeId: me.personId, title: "Less late", dueAt: addMs(new Date(), -dayMs) });
    expect(await needs(me)).toMatchObject([{ count: 2, title: "Late" }]);
    expect(await needs(colleague)).toEqual([]);
  });

  it("are done once, opened again, and given to people of the workspace only", async () => {
    const { tenantId, key } = await world();
    const { id } = await makePlainContact(tenantId, { name: "Josette" });
    const made = await callApi("POST", "/api/v1/tasks", { key, body: { title: "Call", contact_id: con(id) } });
    const task = await made.json();
    expect(task).toMatchObject({ contact: { id: con(id), name: "Josette" }, done_at: null, assignee: null });
    const change = async (body: object) => {
      const response = await callApi("PATCH", `/api/v1/tasks/${task.id}`, { key, body });
      return { status: response.status, ...(await response.json()) };
    };
    const done = await change({ is_done: true });
    expect(done.done_at).not.toBeNull();
    expect((await change({ is_done: true })).done_at).toBe(done.done_at);
    expect((await change({ is_done: false })).done_at).toBeNull();
    const stranger = await makeMember((await makeWorkspace()).tenantId);
    const refused = await change({ assignee_id: toWireId("person", stranger.personId) });
    expect([refused.status, refused.errors[0].pointer]).toEqual([422, "/assignee_id"]);
  });
});

describe("the time line", () => {
  it("is one list over all that knows the person, newest first, the same whatever the size of its pages", async () => {
    const { tenantId, key } = await world();
    const start = new Date(Date.now() - 9 * dayMs);
    const { id } = await makePlainContact(tenantId, { createdAt: start });
    const at = (hours: number) => addMs(start, hours * hourMs);
    await makeNote(tenantId, { contactId: id, text: "First.", now: at(1) });
    await makeTask(tenantId, { contactId: id, title: "Call", now: at(2), dueAt: at(50) });
    // Two in one moment: neither may be lost between pages.
    await makeNote(tenantId, { contactId: id, text: "Second.", now: at(3) });
    await makeNote(tenantId, { contactId: id, text: "Third.", now: at(3) });
    await callApi("POST", "/api/v1/contacts/bulk", {
      key,
      body: { act: "tag", target: { ids: [con(id)] }, detail: { tag: "vip" } },
    });
    const path = `/api/v1/contacts/${con(id)}/timeline`;
    const all = (await get(`${path}?limit=50`, { key })).items;
    expect(all.map(({ title }) => title)).toEqual([
      "Tagged vip",
      "Note",
      "Note",
      "To do: Call",
      "Note",
      "Became a contact",
    ]);
    for (const limit of [1, 2, 3]) {
      const paged: unknown[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof get>> = await get(
          `${path}?limit=${limit}${cursor && `&cursor=${cursor}`}`,
          { key },
        );
        paged.push(...page.items);
        cursor = page.next_cursor;
      }
      expect(paged).toEqual(all);
    }
    expect((await get(`${path}?kind=note`, { key })).items.map(({ detail }) => detail)).toEqual(
      expect.arrayContaining(["First.", "Second.", "Third."]),
    );
    // Who may not read consent is not told of it here either.
    await callApi("POST", `/api/v1/contacts/${con(id)}/consents`, { key, body: { channel: "email", state: "denied" } });
    const few = (await makeKey(tenantId, ["contacts:read"])).secret;
    const kinds = async (reader: string) =>
      (await get(`${path}?limit=50`, { key: reader })).items.map(({ kind }) => kind);
    expect(await kinds(key)).toContain("consent");
    expect(await kinds(few)).toHaveLength(all.length);
    expect((await get(`${path}?kind=consent`, { key: few })).items).toEqual([]);
    const unknown = await callApi("GET", `${path}?kind=dreams`, { key });
    expect([unknown.status, (await unknown.json()).errors[0].pointer]).toEqual([422, "/kind"]);
    expect((await callApi("GET", `${path}?cursor=abc`, { key })).status).toBe(422);
  });
});

describe("a score", () => {
  it("is told with its reasons and the days on which it changed", async () => {
    const { tenantId, key } = await world();
    const { id } = await makePlainContact(tenantId, { phone: "+50937123456" });
    await makePlainContact(tenantId);
    const body = { act: "stage", target: { ids: [con(id)] }, detail: { stage: "customer" } };
    await callApi("POST", "/api/v1/contacts/bulk", { key, body });
    expect(await get(`/api/v1/contacts/${con(id)}/score`, { key })).toEqual({
      score: 15,
      grade: "F",
      reasons: [
        { part: "fit", points: 5, says: "Gave a phone number" },
        { part: "fit", points: 10, says: "Is a customer" },
      ],
      history: [{ day: new Date().toISOString().slice(0, 10), score: 15, grade: "F" }],
    });
  });
});

describe("duplicates", () => {
  it("are pairs with one address or one name in one country, told once with all reasons, until they are kept apart", async () => {
    const { tenantId, key } = await world();
    const make = (fields: Parameters<typeof makePlainContact>[1]) => makePlainContact(tenantId, fields);
    const [one, two] = [
      await make({ name: "Josette Alcindor", email: "j@example.test", country: "HT" }),
      await make({ name: "Josette Alcindor", email: "j@example.test", country: "HT" }),
    ];
    const [three, four] = [
      await make({ name: "A", phone: "+50937123456" }),
      await make({ name: "B", phone: "+50937123456" }),
    ];
    await make({ name: "Jean Pierre", country: "HT" });
    await make({ name: "Jean Pierre", country: "US" });
    const pairs = async (query = "") =>
      (await get(`/api/v1/duplicates${query}`, { key })).items.map((pair) => [
        ...[(pair.contact as { id: string }).id, (pair.other as { id: string }).id].sort(),
        ...(pair.because as string[]).sort(),
      ]);
    const first = [...[con(one.id), con(two.id)].sort(), "same_email", "same_name"];
    const second = [...[con(three.id), con(four.id)].sort(), "same_phone"];
    expect(await pairs()).toEqual([first, second]);
    expect(await pairs("?because=same_phone")).toEqual([second]);
    const apart = { contact_id: con(two.id), other_id: con(one.id) };
    expect((await callApi("POST", "/api/v1/duplicates/dismiss", { key, body: apart })).status).toBe(200);
    expect(await pairs()).toEqual([second]);
  });
});

describe("pages of duplicates", () => {
  it("show every pair once, however many look alike at one place", async () => {
    const { tenantId, key } = await world();
    await withTenant(tenantId, "read write", (db) =>
      db.execute(sql`insert into contacts (tenant_uuid, id, name, email)
        select ${tenantId}::uuid, gen_random_uuid(), 'P ' || n, 'p' || (n / 2) || '@example.test' from generate_series(0, 1299) n`),
    );
    for (const limit of [50, 7]) {
      const seen: string[] = [];
      let pages = 0;
      for (let cursor: string | null = ""; cursor !== null && pages < 400; pages++) {
        const path = `/api/v1/duplicates?limit=${limit}${cursor && `&cursor=${cursor}`}`;
        const page: Awaited<ReturnType<typeof get>> = await get(path, { key });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        for (const pair of page.items) seen.push(String((pair.contact as { email: string }).email));
        cursor = page.next_cursor;
      }
      expect(new Set(seen).size).toBe(650);
      expect(seen).toHaveLength(650);
    }
    expect((await callApi("GET", "/api/v1/duplicates?cursor=Zm9v", { key })).status).toBe(422);
  });
});

describe("a merge over the API", () => {
  it("refuses a contact with itself, and one that is not there, naming the field", async () => {
    const { tenantId, key } = await world();
    const { id } = await makePlainContact(tenantId);
    for (const other of [id, uuidv7()]) {
      const response = await callApi("POST", `/api/v1/contacts/${con(id)}/merge`, {
        key,
        body: { other_id: con(other) },
      });
      expect([response.status, (await response.json()).errors[0].pointer]).toEqual([422, "/other_id"]);
    }
  });

  it("is listed with whom it took in, and undone", async () => {
    const { tenantId, key } = await world();
    const { id, winnerId, loserId } = await makeMerge(tenantId);
    expect((await get(`/api/v1/merges?contact=${con(loserId)}`, { key })).items).toMatchObject([
      {
        id: toWireId("merge", id),
        contact_id: con(winnerId),
        other_id: con(loserId),
        other_name: "Mirlande Augustin",
        undone_at: null,
      },
    ]);
    const undone = await callApi("POST", `/api/v1/merges/${toWireId("merge", id)}/undo`, { key });
    expect([undone.status, (await undone.json()).undone_at]).toEqual([200, expect.any(String)]);
  });
});

describe("a change of many over the API", () => {
  it("is listed with its progress, and taken back once", async () => {
    const { tenantId, key } = await world();
    const { id } = await makeBulkChange(tenantId);
    expect((await get("/api/v1/contacts/bulk", { key })).items).toMatchObject([
      { id: toWireId("bulkChange", id), act: "stage", state: "done", changed: 1, can_undo: true },
    ]);
    const undo = () => callApi("POST", `/api/v1/contacts/bulk/${toWireId("bulkChange", id)}/undo`, { key });
    expect(await (await undo()).json()).toMatchObject({ state: "undone", changed: 0 });
    expect((await undo()).status).toBe(409);
  });

  it("asks for the permission of the act beside its own", async () => {
    const { tenantId } = await world();
    const { secret: key } = await makeKey(tenantId, ["contacts:bulk"]);
    const { id } = await makePlainContact(tenantId);
    const consent = { act: "consent", target: { ids: [con(id)] }, detail: { channel: "email", state: "granted" } };
    const refused = await callApi("POST", "/api/v1/contacts/bulk", { key, body: consent });
    expect([refused.status, (await refused.json()).facts]).toEqual([403, { needs: "consent:write" }]);
  });

  it("by a search that means nothing is refused, instead of meaning everybody", async () => {
    const { tenantId, key } = await world();
    await makePlainContact(tenantId);
    const body = { act: "delete", target: { filter: { search: "'" } } };
    const response = await callApi("POST", "/api/v1/contacts/bulk", { key, body });
    expect([response.status, (await response.json()).errors[0].pointer]).toEqual([422, "/target/filter/search"]);
  });
});
