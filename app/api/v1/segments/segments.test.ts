import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { makeKey, makeWorkspace } from "@/db/factories/access";
import { withTenant } from "@/db/tenant";
import { callApi } from "@/e2e/call-api";
import { jobContext } from "@/inngest/context";
import { toWireId, uuidv7 } from "@/lib/kernel/ids";
import type { TenantId } from "@/lib/kernel/tenant";
import { refreshNow } from "@/lib/services/segments/refresh-segment";

type Json = Record<string, unknown>;
let world: { tenantId: TenantId; key: string };

async function makeWorld() {
  const { tenantId } = await makeWorkspace();
  const { secret } = await makeKey(tenantId);
  return { tenantId, key: secret };
}
beforeAll(async () => {
  world = await makeWorld();
});

async function makePeople(tenantId: TenantId, people: { name: string; score?: number; stage?: string }[]) {
  return withTenant(tenantId, "read write", async (db) => {
    const ids: string[] = [];
    for (const { name, score = 0, stage = "lead" } of people) {
      const id = uuidv7();
      await db.execute(
        sql`insert into contacts (tenant_uuid, id, name, score, stage) values (${tenantId}, ${id}, ${name}, ${score}, ${stage})`,
      );
      ids.push(id);
    }
    return ids;
  });
}
const setScore = (tenantId: TenantId, id: string, score: number) =>
  withTenant(tenantId, "read write", (db) =>
    db.execute(sql`update contacts set score = ${score} where tenant_uuid = ${tenantId} and id = ${id}`),
  );

async function call(verb: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown, key = world.key) {
  const response = await callApi(verb, `/api/v1${path}`, { key, ...(body === undefined ? {} : { body }) });
  return { status: response.status, json: (await response.json()) as Json };
}
const wire = (id: string) => toWireId("contact", id);
const refresh = (tenantId: TenantId, wireSegment: unknown) =>
  import("@/lib/kernel/ids").then(({ fromWireId }) =>
    refreshNow(
      jobContext({ tenantId }, "refresh-segment", "run_test"),
      fromWireId("segment", String(wireSegment)) ?? "",
    ),
  );
const warm = { all: [{ field: "score", operator: "over", value: 60 }] };

describe("a count before anything is saved", () => {
  it("is exact in a small workspace, with a sentence and who they are", async () => {
    const { tenantId, key } = await makeWorld();
    const [, warmest] = await makePeople(tenantId, [
      { name: "Cold", score: 3 },
      { name: "Warm", score: 80 },
    ]);
    const { status, json } = await call("POST", "/segments/count", { rules: warm }, key);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      count: 1,
      is_estimate: false,
      low: 1,
      high: 1,
      everybody: 2,
      says: "People who have a score over 60.",
      sample: [{ id: wire(warmest ?? ""), name: "Warm", score: 80 }],
    });
  });

  it("refuses an operator that is SQL at once, and names it (B11)", async () => {
    const began = performance.now();
    const { status, json } = await call("POST", "/segments/count", {
      rules: { all: [{ field: "score", operator: "AND 1=(select pg_sleep(5))--", value: 1 }] },
    });
    expect(status).toBe(422);
    expect(json.errors).toMatchObject([{ pointer: "/rules/all/0/operator" }]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it("treats SQL in a value as the text that it is", async () => {
    const { status, json } = await call("POST", "/segments/count", {
      rules: { field: "name", operator: "contains", value: "'; drop table contacts; --" },
    });
    expect([status, json.count]).toEqual([200, 0]);
  });

  it.each([20, 50])("refuses a tree %i deep at the place where it becomes too deep", async (levels) => {
    const rules = Array.from({ length: levels }).reduce<unknown>((inner) => ({ all: [inner] }), warm);
    const { status, json } = await call("POST", "/segments/count", { rules });
    const pointer = expect.stringMatching(/^\/rules(\/all\/0){10}/);
    expect(status).toBe(422);
    expect(json.errors).toEqual([{ pointer, message: expect.stringContaining("10 deep") }]);
  });

  it("knows tags by name and by id, and says which one does not exist", async () => {
    const { tenantId, key } = await makeWorld();
    const [person = ""] = await makePeople(tenantId, [{ name: "Tagged" }, { name: "Plain" }]);
    const tag = uuidv7();
    await withTenant(tenantId, "read write", async (db) => {
      await db.execute(
        sql`insert into tags (tenant_uuid, id, name, name_key) values (${tenantId}, ${tag}, 'VIP', 'vip')`,
      );
      await db.execute(
        sql`insert into contact_tags (tenant_uuid, contact_id, tag_id) values (${tenantId}, ${person}, ${tag})`,
      );
    });
    for (const value of ["vip", "VIP", toWireId("tag", tag)]) {
      const { json } = await call(
        "POST",
        "/segments/count",
        { rules: { field: "tag", operator: "has_any_of", value: [value] } },
        key,
      );
      expect(json).toMatchObject({ count: 1, says: "People who are tagged VIP." });
    }
    const { status, json } = await call(
      "POST",
      "/segments/count",
      { rules: { field: "tag", operator: "has_any_of", value: ["vip", "gold"] } },
      key,
    );
    expect([status, json.errors]).toMatchObject([422, [{ pointer: "/rules/value/1", message: "names no tag" }]]);
    // Another workspace's tag is none.
    const foreign = await call("POST", "/segments/count", {
      rules: { field: "tag", operator: "has_any_of", value: [toWireId("tag", tag)] },
    });
    expect(foreign.status).toBe(422);
  });
});

describe("a segment of rules", () => {
  it("is made, finds its people, follows them, and keeps who came and left", async () => {
    const { tenantId, key } = await makeWorld();
    const [a = "", b = ""] = await makePeople(tenantId, [
      { name: "A", score: 80 },
      { name: "B", score: 10 },
    ]);
    const made = await call("POST", "/segments", { name: "Chauds & fidèles", rules: warm, metadata: { crm: 7 } }, key);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ key: "chauds-fideles", kind: "rules", refreshed_at: null, metadata: { crm: 7 } });
    const { id } = made.json;
    // Before it was ever refreshed the rules are asked on the spot.
    const live = await call("GET", `/segments/${id}/members`, undefined, key);
    expect(live.json.items).toMatchObject([{ id: wire(a), entered_at: null }]);

    await refresh(tenantId, id);
    await setScore(tenantId, a, 10);
    await setScore(tenantId, b, 90);
    await refresh(tenantId, id);
    await refresh(tenantId, id);
    const found = await call("GET", `/segments/${id}`, undefined, key);
    expect(found.json).toMatchObject({ size: 1, says: "People who have a score over 60." });
    expect((found.json.trend as number[]).at(-1)).toBe(1);
    const members = await call("GET", `/segments/${id}/members`, undefined, key);
    expect(members.json.items).toMatchObject([{ id: wire(b) }]);
    const history = await call("GET", `/segments/${id}/history?days=7`, undefined, key);
    expect((history.json.items as Json[]).at(-1)).toMatchObject({ size: 1, entered: 2, left: 1 });
    expect(history.json.items).toHaveLength(7);
  });

  it("is changed and archived, with its key free again and lines in the log", async () => {
    const { key } = await makeWorld();
    const { json } = await call("POST", "/segments", { name: "One", key: "one", rules: warm }, key);
    expect((await call("POST", "/segments", { name: "Two", key: "one", rules: warm }, key)).json).toMatchObject({
      status: 409,
      reason: "key_taken",
    });
    const changed = await call("PATCH", `/segments/${json.id}`, { rules: { all: [] }, name: "Everybody" }, key);
    expect(changed.json).toMatchObject({ name: "Everybody", says: "Everybody." });
    expect((await call("DELETE", `/segments/${json.id}`, undefined, key)).json.archived_at).toMatch(/Z$/);
    expect((await call("DELETE", `/segments/${json.id}`, undefined, key)).status).toBe(200);
    expect((await call("PATCH", `/segments/${json.id}`, { name: "Again" }, key)).status).toBe(404);
    expect((await call("GET", "/segments", undefined, key)).json.items).toEqual([]);
    expect((await call("POST", "/segments", { name: "One", key: "one", rules: warm }, key)).status).toBe(201);
    const log = await call("GET", "/audit?subject_kind=segment", undefined, key);
    expect((log.json.items as Json[]).map(({ action }) => action)).toEqual([
      "segment.created",
      "segment.archived",
      "segment.updated",
      "segment.created",
    ]);
  });

  it("asks about segments one level deep, so that no circle can close", async () => {
    const { key } = await makeWorld();
    const inner = (await call("POST", "/segments", { name: "Inner", rules: warm }, key)).json.id;
    const asking = { field: "segment", operator: "is_any_of", value: [inner] };
    const outer = (await call("POST", "/segments", { name: "Outer", rules: asking }, key)).json.id;
    const third = await call("POST", "/segments", { name: "Third", rules: { ...asking, value: [outer] } }, key);
    expect([third.status, third.json.errors]).toMatchObject([422, [{ pointer: "/rules/value/0" }]]);
    const back = await call("PATCH", `/segments/${inner}`, { rules: { ...asking, value: [outer] } }, key);
    expect(back.status).toBe(422);
    const list = (await call("POST", "/segments", { name: "List", kind: "list" }, key)).json.id;
    const used = await call("PATCH", `/segments/${inner}`, { rules: { ...asking, value: [list] } }, key);
    expect([used.status, used.json.reason]).toEqual([409, "segment_in_use"]);
    expect((await call("DELETE", `/segments/${inner}`, undefined, key)).json.reason).toBe("segment_in_use");
  });
});

describe("a list", () => {
  it("takes people in and lets them go, twice the same, and tells ids that name nobody", async () => {
    const { tenantId, key } = await makeWorld();
    const ids = (await makePeople(tenantId, [{ name: "A" }, { name: "B" }, { name: "C" }])).map(wire);
    const stranger = wire(uuidv7());
    const { id } = (await call("POST", "/segments", { name: "Guests", kind: "list" }, key)).json;
    const first = await call("POST", `/segments/${id}/members`, { add: [...ids, stranger] }, key);
    expect(first.json).toEqual({ added: 3, removed: 0, unknown: [stranger], size: 3 });
    expect((await call("POST", `/segments/${id}/members`, { add: ids }, key)).json).toMatchObject({
      added: 0,
      size: 3,
    });
    const second = await call("POST", `/segments/${id}/members`, { remove: [ids[0]] }, key);
    expect(second.json).toMatchObject({ removed: 1, size: 2 });
    await call("POST", `/segments/${id}/members`, { add: [ids[0]] }, key);
    const page = await call("GET", `/segments/${id}/members?limit=2`, undefined, key);
    expect(page.json.items).toHaveLength(2);
    const rest = await call("GET", `/segments/${id}/members?limit=2&cursor=${page.json.next_cursor}`, undefined, key);
    expect(rest.json.next_cursor).toBeNull();
    // Made in the same millisecond they have no order among themselves; nobody is left out or told twice.
    const shown = [page.json, rest.json].flatMap(({ items }) => items as { id: string }[]);
    const told = shown.map((member) => member.id);
    expect(told.sort()).toEqual([...ids].sort());
  });

  it("has no rules, and rules have no hands", async () => {
    expect((await call("POST", "/segments", { name: "L", kind: "list", rules: warm })).json.errors).toMatchObject([
      { pointer: "/rules" },
    ]);
    expect((await call("POST", "/segments", { name: "R" })).json.errors).toMatchObject([{ pointer: "/rules" }]);
    const { id } = (await call("POST", "/segments", { name: "R", rules: warm })).json;
    expect((await call("POST", `/segments/${id}/members`, { add: [] })).json.reason).toBe("not_a_list");
    const many = Array.from({ length: 1_001 }, () => wire(uuidv7()));
    const list = (await call("POST", "/segments", { name: "L", kind: "list" })).json.id;
    expect((await call("POST", `/segments/${list}/members`, { add: many })).status).toBe(422);
    expect((await call("POST", `/segments/${list}/refresh`)).json.reason).toBe("not_rules");
  });
});

it("the fields name the workspace's own attributes and tags", async () => {
  const { tenantId, key } = await makeWorld();
  await withTenant(tenantId, "read write", async (db) => {
    await db.execute(
      sql`insert into attributes (tenant_uuid, id, key, label, type) values (${tenantId}, ${uuidv7()}, 'plan', 'Plan', 'text')`,
    );
    await db.execute(
      sql`insert into tags (tenant_uuid, id, name, name_key) values (${tenantId}, ${uuidv7()}, 'vip', 'vip')`,
    );
  });
  const { json } = await call("GET", "/segments/fields", undefined, key);
  const items = json.items as Json[];
  expect(items.find(({ id }) => id === "attribute:plan")).toMatchObject({ label: "Plan", group: "attributes" });
  expect(items.find(({ id }) => id === "tag")).toMatchObject({ values: [{ label: "vip" }], reference: "tag" });
});
