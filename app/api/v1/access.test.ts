import { beforeAll, describe, expect, it } from "vitest";
import { makeKey, makeMember, makePerson, makeWorkspace } from "@/db/factories/access";
import { callApi, cookieOf } from "@/e2e/call-api";
import { allPermissions, roleMay } from "@/lib/domain/access/permissions";
import type { TenantId } from "@/lib/kernel/tenant";

type World = { tenantId: TenantId; key: string; owner: { id: string; personId: string }; cookie: string };
let world: World;

async function makeWorld(): Promise<World> {
  const { tenantId } = await makeWorkspace();
  const owner = await makeMember(tenantId, { role: "owner", name: "Rose-Laure Pierre" });
  const { secret } = await makeKey(tenantId);
  const { cookie } = await cookieOf(owner.personId, { activeTenantId: tenantId });
  return { tenantId, key: secret, owner, cookie };
}

beforeAll(async () => {
  world = await makeWorld();
});

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe("who is calling", () => {
  it("tells a key its workspace and scopes", async () => {
    const { secret } = await makeKey(world.tenantId, ["workspace:read"]);
    const response = await callApi("GET", "/api/v1/me", { key: secret });
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({
      kind: "key",
      tenant_uuid: world.tenantId,
      permissions: ["workspace:read"],
      person: null,
    });
    expect(response.headers.get("ratelimit-limit")).toBeTruthy();
    expect(response.headers.get("x-request-id")).toBeTruthy();
  });

  it("tells a person their role and workspaces", async () => {
    const response = await callApi("GET", "/api/v1/me", { cookie: world.cookie });
    expect(await json(response)).toMatchObject({
      kind: "person",
      role: "owner",
      person: { name: "Rose-Laure Pierre", second_factor: "off" },
      workspaces: [{ tenant_uuid: world.tenantId, role: "owner" }],
    });
  });
});

describe("keys", () => {
  it("are made, used, listed without their secret and revoked, each with an audit line", async () => {
    const made = await callApi("POST", "/api/v1/keys", {
      cookie: world.cookie,
      body: { name: "Order desk", scopes: ["workspace:read"], metadata: { camelKey: 1 } },
    });
    expect(made.status).toBe(201);
    const key = (await json(made)) as { id: string; secret: string };
    expect(key.id).toMatch(/^key_[0-9a-hjkmnp-tv-z]{26}$/);
    expect((await callApi("GET", "/api/v1/workspaces/current", { key: key.secret })).status).toBe(200);

    const list = (await json(await callApi("GET", "/api/v1/keys", { cookie: world.cookie }))) as {
      items: { id: string; last_used_at: string }[];
    };
    const listed = list.items.find((item) => item.id === key.id);
    expect(JSON.stringify(list)).not.toContain(key.secret);
    expect(listed?.last_used_at).toMatch(/Z$/);

    expect((await callApi("DELETE", `/api/v1/keys/${key.id}`, { cookie: world.cookie })).status).toBe(200);
    const refused = await callApi("GET", "/api/v1/me", { key: key.secret });
    expect(refused.status).toBe(401);
    expect(await json(refused)).toMatchObject({ code: "unauthenticated", reason: "key_revoked" });

    const audit = await json(
      await callApi("GET", "/api/v1/audit?subject_kind=key&search=Order", { cookie: world.cookie }),
    );
    expect((audit.items as { action: string }[]).map((line) => line.action)).toEqual(["key.revoked", "key.created"]);
  });

  it("never hand out more than their maker holds", async () => {
    const { secret } = await makeKey(world.tenantId, ["keys:write"]);
    const response = await callApi("POST", "/api/v1/keys", {
      key: secret,
      body: { name: "More", scopes: ["members:write"] },
    });
    expect(response.status).toBe(403);
    expect(await json(response)).toMatchObject({ reason: "scope_beyond_own", facts: { beyond: ["members:write"] } });
  });

  it("need a fresh proof from a person who signed in a while ago", async () => {
    const { cookie } = await cookieOf(world.owner.personId, {
      activeTenantId: world.tenantId,
      now: new Date(Date.now() - 3_600_000),
    });
    const response = await callApi("POST", "/api/v1/keys", { cookie, body: { name: "Late", scopes: ["*"] } });
    expect(await json(response)).toMatchObject({ code: "forbidden", reason: "proof_needed" });
  });

  it("that expired open nothing", async () => {
    const { secret } = await makeKey(world.tenantId, ["*"], { expiresAt: new Date(Date.now() - 1000) });
    expect(await json(await callApi("GET", "/api/v1/me", { key: secret }))).toMatchObject({ reason: "key_expired" });
  });

  it("that are wrong again and again are not even looked up any more", async () => {
    const knock = () =>
      callApi("GET", "/api/v1/me", { key: "ms_live_wrong", headers: { "x-client-ip": "198.18.7.1" } });
    const limit = Number((await callApi("GET", "/api/v1/me", { key: world.key })).headers.get("ratelimit-limit"));
    let last = 401;
    // The budget fills while it is being used up, so a few more than its size are needed.
    for (let i = 0; i < limit * 2 && last === 401; i++) last = (await knock()).status;
    expect(last).toBe(429);
    expect((await callApi("GET", "/api/v1/me", { key: world.key })).status).toBe(200);
  });

  it("with one letter changed are unknown", async () => {
    const last = world.key.at(-1) === "0" ? "1" : "0";
    const response = await callApi("GET", "/api/v1/me", { key: world.key.slice(0, -1) + last });
    expect(response.status).toBe(401);
  });
});

describe("Idempotency-Key", () => {
  const post = (idempotency: string, name: string) =>
    callApi("POST", "/api/v1/keys", {
      key: world.key,
      headers: { "idempotency-key": idempotency },
      body: { name, scopes: ["workspace:read"] },
    });

  it("tells the same answer again and does nothing twice", async () => {
    const first = await post("order-1", "Once");
    const second = await post("order-1", "Once");
    expect(second.status).toBe(201);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(await second.text()).toBe(await first.text());
    const list = (await json(await callApi("GET", "/api/v1/keys?limit=200", { key: world.key }))) as {
      items: { name: string }[];
    };
    expect(list.items.filter((item) => item.name === "Once")).toHaveLength(1);
  });

  it("refuses another request under the same key", async () => {
    await post("order-2", "One");
    const response = await post("order-2", "Two");
    expect(response.status).toBe(422);
    expect(await json(response)).toMatchObject({ reason: "idempotency_key_reused" });
  });

  it("of ten at once lets one through and leaves one key", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("order-3", "Ten at once")));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect(statuses).toContain(201);
    const list = (await json(await callApi("GET", "/api/v1/keys?limit=200", { key: world.key }))) as {
      items: { name: string }[];
    };
    expect(list.items.filter((item) => item.name === "Ten at once")).toHaveLength(1);
  });

  it("does not remember what was refused", async () => {
    const bad = await callApi("POST", "/api/v1/keys", {
      key: world.key,
      headers: { "idempotency-key": "order-4" },
      body: { name: "", scopes: [] },
    });
    expect(bad.status).toBe(422);
    expect((await post("order-4", "After the mistake")).status).toBe(201);
  });

  it("must be visible ASCII of at most 255", async () => {
    expect((await post("a".repeat(256), "Long")).status).toBe(422);
  });
});

describe("members and invitations", () => {
  it("keeps the last owner", async () => {
    const response = await callApi("PATCH", `/api/v1/members/${world.owner.id}`, {
      cookie: world.cookie,
      body: { role: "viewer" },
    });
    expect(response.status).toBe(409);
    expect(await json(response)).toMatchObject({ reason: "last_owner" });
  });

  it("lets of two owners who demote each other at once one succeed", async () => {
    const { tenantId } = await makeWorkspace();
    const [a, b] = [await makeMember(tenantId, { role: "owner" }), await makeMember(tenantId, { role: "owner" })];
    const [ca, cb] = [
      await cookieOf(a.personId, { activeTenantId: tenantId }),
      await cookieOf(b.personId, { activeTenantId: tenantId }),
    ];
    const answers = await Promise.all([
      callApi("PATCH", `/api/v1/members/${b.id}`, { cookie: ca.cookie, body: { role: "admin" } }),
      callApi("PATCH", `/api/v1/members/${a.id}`, { cookie: cb.cookie, body: { role: "admin" } }),
    ]);
    const { secret } = await makeKey(tenantId);
    const list = (await json(await callApi("GET", "/api/v1/members?role=owner", { key: secret }))) as {
      items: unknown[];
    };
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(list.items).toHaveLength(1);
  });

  it("lets only an owner make an owner", async () => {
    const admin = await makeMember(world.tenantId, { role: "admin" });
    const { cookie } = await cookieOf(admin.personId, { activeTenantId: world.tenantId });
    const response = await callApi("POST", "/api/v1/invitations", {
      cookie,
      body: { email: "boss@example.test", role: "owner" },
    });
    expect(await json(response)).toMatchObject({ code: "forbidden", reason: "needs_owner" });
  });

  it("lets a key make nobody more than it is itself", async () => {
    const { secret } = await makeKey(world.tenantId, [
      "members:write",
      ...allPermissions.filter((each) => roleMay("viewer", each)),
    ]);
    const viewer = await makeMember(world.tenantId, { role: "viewer" });
    const invite = (role: string) =>
      callApi("POST", "/api/v1/invitations", { key: secret, body: { email: `${role}@reach.test`, role } });
    expect((await invite("viewer")).status).toBe(201);
    expect(await json(await invite("admin"))).toMatchObject({ status: 403, reason: "role_beyond_own" });
    const promoted = await callApi("PATCH", `/api/v1/members/${viewer.id}`, { key: secret, body: { role: "admin" } });
    expect(await json(promoted)).toMatchObject({ status: 403, reason: "role_beyond_own" });
  });

  it("renews an invitation instead of making a second one, and refuses a member's address", async () => {
    const invite = (email: string) =>
      callApi("POST", "/api/v1/invitations", { cookie: world.cookie, body: { email, role: "viewer" } });
    const first = await json(await invite("  Again@Example.test "));
    const second = await json(await invite("again@example.test"));
    expect(second.id).toBe(first.id);
    expect(second.email).toBe("again@example.test");
    const member = await makeMember(world.tenantId, { email: "inside@example.test" });
    expect(member.role).toBe("marketer");
    expect(await json(await invite("inside@example.test"))).toMatchObject({
      code: "conflict",
      reason: "already_member",
    });
  });

  it("lets someone leave, but not throw others out without the role", async () => {
    const viewer = await makeMember(world.tenantId, { role: "viewer" });
    const other = await makeMember(world.tenantId, { role: "viewer" });
    const { cookie } = await cookieOf(viewer.personId, { activeTenantId: world.tenantId });
    expect((await callApi("DELETE", `/api/v1/members/${other.id}`, { cookie })).status).toBe(403);
    expect((await callApi("DELETE", `/api/v1/members/${viewer.id}`, { cookie })).status).toBe(200);
    expect((await callApi("GET", "/api/v1/members", { cookie })).status).toBe(403);
  });
});

describe("several workspaces", () => {
  it("a tab speaks for the workspace it names, if the person belongs to it", async () => {
    const other = await makeWorkspace({ name: "Second" });
    await makeMember(other.tenantId, { personId: world.owner.personId, role: "viewer" });
    const named = await callApi("GET", "/api/v1/workspaces/current", {
      cookie: world.cookie,
      headers: { "x-tenant-uuid": other.tenantId },
    });
    expect(await json(named)).toMatchObject({ name: "Second" });
    const stranger = await makeWorkspace();
    const refused = await callApi("GET", "/api/v1/workspaces/current", {
      cookie: world.cookie,
      headers: { "x-tenant-uuid": stranger.tenantId },
    });
    expect(refused.status).toBe(404);
  });

  it("a key that names another workspace in query or body is told there is none", async () => {
    const stranger = await makeWorkspace();
    const query = await callApi("GET", `/api/v1/workspaces/current?tenant_uuid=${stranger.tenantId}`, {
      key: world.key,
    });
    const body = await callApi("PATCH", "/api/v1/workspaces/current", {
      key: world.key,
      body: { tenant_uuid: stranger.tenantId, name: "Taken over" },
    });
    expect([query.status, body.status]).toEqual([404, 404]);
    const own = await callApi("PATCH", "/api/v1/workspaces/current", {
      key: world.key,
      body: { tenant_uuid: world.tenantId.toUpperCase(), name: "Own" },
    });
    expect(await json(own)).toMatchObject({ name: "Own" });
  });
});

describe("paging", () => {
  it("walks a list by cursor without missing or repeating", async () => {
    const { tenantId } = await makeWorkspace();
    for (let i = 0; i < 7; i++) await makeMember(tenantId);
    const { secret } = await makeKey(tenantId);
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let turn = 0; turn < 5; turn++) {
      const query: string = cursor ? `&cursor=${cursor}` : "";
      const page = (await json(await callApi("GET", `/api/v1/members?limit=3${query}`, { key: secret }))) as {
        items: { id: string }[];
        next_cursor: string | null;
      };
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next_cursor;
      if (!cursor) break;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  it("refuses a foreign cursor, a limit of a million and a skip beyond ten thousand by field", async () => {
    for (const [query, pointer] of [
      ["cursor=abc", "/cursor"],
      ["limit=1000000", "/limit"],
      ["skip=10001", "/skip"],
      ["sort=drop", "/sort"],
    ] as const) {
      const response = await callApi("GET", `/api/v1/members?${query}`, { key: world.key });
      expect(response.status).toBe(422);
      expect((await json(response)).errors).toMatchObject([{ pointer }]);
    }
  });
});

describe("bodies", () => {
  const post = (rawBody: string, type = "application/json") =>
    callApi("POST", "/api/v1/keys", { key: world.key, rawBody, headers: { "content-type": type } });

  it("must be JSON of at most 1 MiB, not nested without end, without NUL", async () => {
    expect((await post("name=x", "application/x-www-form-urlencoded")).status).toBe(415);
    expect((await post("{")).status).toBe(422);
    expect((await post(`{"name":"${"x".repeat(1024 * 1024)}","scopes":["*"]}`)).status).toBe(413);
    expect((await post("[".repeat(100_000))).status).toBe(422);
    expect((await post('{"name":"a\\u0000b","scopes":["*"]}')).status).toBe(422);
  });

  it("keep __proto__ and unknown fields out, named in the refusal", async () => {
    const response = await post('{"name":"x","scopes":["*"],"__proto__":{"isAdmin":true},"role":"owner"}');
    expect(response.status).toBe(422);
    const { errors } = (await json(response)) as { errors: { pointer: string }[] };
    expect(errors.map((fault) => fault.pointer).sort()).toEqual(["/__proto__", "/role"]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe("the platform key of an organisation", () => {
  it("provisions a workspace under the caller's own tenant_uuid, once", async () => {
    const { mintKeyFromShell } = await import("@/lib/services/access/mint-key-from-shell");
    const { shellCall } = await import("@/lib/ports");
    const { secret } = await mintKeyFromShell(shellCall(), {
      organisation: `Agency ${Date.now()}`,
      scopes: ["tenants:write"],
    });
    const tenantUuid = crypto.randomUUID();
    const body = { name: "Client 1", tenant_uuid: tenantUuid, owner_email: "client@example.test", key_scopes: ["*"] };
    const made = await callApi("POST", "/api/v1/workspaces", { key: secret, body });
    expect(made.status).toBe(201);
    const { workspace, api_key: apiKey } = (await json(made)) as {
      workspace: { tenant_uuid: string };
      api_key: string;
    };
    expect(workspace.tenant_uuid).toBe(tenantUuid);
    const invitations = await json(await callApi("GET", "/api/v1/invitations", { key: apiKey }));
    expect(invitations.items).toMatchObject([{ email: "client@example.test", role: "owner", state: "open" }]);
    const again = await callApi("POST", "/api/v1/workspaces", { key: secret, body });
    expect(await json(again)).toMatchObject({ status: 409, reason: "tenant_uuid_taken" });
    expect((await callApi("GET", "/api/v1/members", { key: secret })).status).toBe(403);
  });

  it("is answered the same under the same Idempotency-Key, and makes one workspace", async () => {
    const { mintKeyFromShell } = await import("@/lib/services/access/mint-key-from-shell");
    const { shellCall } = await import("@/lib/ports");
    const organisation = `Agency ${crypto.randomUUID()}`;
    const { secret } = await mintKeyFromShell(shellCall(), { organisation, scopes: ["tenants:write"] });
    const create = (name: string) =>
      callApi("POST", "/api/v1/workspaces", {
        key: secret,
        headers: { "idempotency-key": "client-7" },
        body: { name },
      });
    const [first, again] = [await create("Client 7"), await create("Client 7")];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toBe(await first.text());
    expect(await json(await create("Client 8"))).toMatchObject({ status: 422, reason: "idempotency_key_reused" });
  });

  it("can be revoked from the shell, like a workspace's key", async () => {
    const { mintKeyFromShell } = await import("@/lib/services/access/mint-key-from-shell");
    const { revokeKeyFromShell } = await import("@/lib/services/access/revoke-key-from-shell");
    const { shellCall } = await import("@/lib/ports");
    const platform = await mintKeyFromShell(shellCall(), {
      organisation: `Agency ${Date.now()}`,
      scopes: ["tenants:write"],
    });
    const { secret, prefix } = await makeKey(world.tenantId);
    await revokeKeyFromShell(shellCall(), platform.secret.slice(0, 15));
    await revokeKeyFromShell(shellCall(), prefix);
    const create = await callApi("POST", "/api/v1/workspaces", { key: platform.secret, body: { name: "Late" } });
    expect(await json(create)).toMatchObject({ status: 401, reason: "key_revoked" });
    expect((await callApi("GET", "/api/v1/me", { key: secret })).status).toBe(401);
    await expect(revokeKeyFromShell(shellCall(), "ms_live_nobody00")).rejects.toThrow("No key begins with");
  });

  it("is not what a workspace's key is", async () => {
    const response = await callApi("POST", "/api/v1/workspaces", { key: world.key, body: { name: "Mine" } });
    expect(await json(response)).toMatchObject({ status: 403, facts: { needs: "tenants:write" } });
  });
});

describe("a person without a workspace", () => {
  it("may found one and is its owner", async () => {
    const person = await makePerson();
    const { cookie } = await cookieOf(person.id);
    expect(await json(await callApi("GET", "/api/v1/members", { cookie }))).toMatchObject({ reason: "no_workspace" });
    const made = await json(await callApi("POST", "/api/v1/workspaces", { cookie, body: { name: "First" } }));
    const list = await json(await callApi("GET", "/api/v1/workspaces", { cookie }));
    expect(list.items).toMatchObject([
      { tenant_uuid: (made.workspace as { tenant_uuid: string }).tenant_uuid, role: "owner" },
    ]);
  });
});
