import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { makeKey, makeMember, makeWorkspace } from "@/db/factories/access";
import { callApi, cookieOf, ownOrigin } from "@/e2e/call-api";
import { exampleBodies, exampleIds } from "@/e2e/route-examples";
import { type Permission, permissions, roleMay } from "@/lib/domain/access/permissions";
import { type Role, roles } from "@/lib/domain/access/vocabulary";
import { Problem } from "@/lib/http/failure";
import { specsOf } from "@/lib/http/openapi";
import type { AnySpec, Verb } from "@/lib/http/route";
import type { TenantId } from "@/lib/kernel/tenant";
import { camelize } from "@/lib/kernel/wire";
import { routes } from "./routes";

/** Walks every route and verb: a new door is held to the rules without anybody writing a test for it. */
type Door = { verb: Verb; path: string; spec: AnySpec };
const doors: Door[] = routes.flatMap((listed) =>
  specsOf(listed).map(({ verb, spec }) => ({ verb, path: listed.path, spec })),
);
const named = doors.map((door) => [`${door.verb} ${door.path}`, door] as const);
const gated = named.filter(([, { spec }]) => spec.gate.says.key || spec.gate.says.session || spec.gate.says.platform);
const byKey = named.filter(([, { spec }]) => spec.gate.says.key);
const scoped = byKey.filter(([, { spec }]) => spec.needs);

type World = { tenantId: TenantId; key: string; cookieFor: Record<Role, string> };
let world: World;

async function makeWorld(): Promise<World> {
  const { tenantId } = await makeWorkspace();
  const { secret } = await makeKey(tenantId);
  const cookies = await Promise.all(
    roles.map(async (role) => {
      const member = await makeMember(tenantId, { role });
      return [role, (await cookieOf(member.personId, { activeTenantId: tenantId })).cookie] as const;
    }),
  );
  return { tenantId, key: secret, cookieFor: Object.fromEntries(cookies) as Record<Role, string> };
}

beforeAll(async () => {
  world = await makeWorld();
});

/** A body that the schema accepts, for those that have one. */
function bodyOf({ verb, path, spec }: Door): unknown {
  if (!spec.body) return undefined;
  const example = exampleBodies[`${verb} ${path}`];
  if (example === undefined) throw new Error(`e2e/route-examples.ts has no body for ${verb} ${path}.`);
  return example;
}

async function addressOf({ verb, path }: Door, tenantId: TenantId): Promise<string> {
  const noun = /\/([a-z-]+)\/\{id\}/.exec(path)?.[1];
  const make = exampleIds[`${verb} ${path}`] ?? (noun === undefined ? undefined : exampleIds[noun]);
  if (!make && noun === undefined) return path;
  if (!make) throw new Error(`e2e/route-examples.ts makes no ${noun}.`);
  const made = await make(tenantId);
  const named = typeof made === "string" ? { id: made } : made;
  return Object.entries(named).reduce((address, [name, id]) => address.replace(`{${name}}`, id), path);
}

async function expectProblem(response: Response, status: number) {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await response.json();
  Problem.parse(camelize(Problem, body));
  expect(body.status).toBe(status);
  return body as { reason?: string; errors?: { pointer: string }[]; facts?: Record<string, unknown> };
}

describe("the list of routes", () => {
  it("is the folder", () => {
    const files = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" });
    const addresses = files
      .filter(
        (file) => /(^|\/)route\.ts$/.test(file) && !file.startsWith("[...rest]") && !file.startsWith("openapi.json"),
      )
      .map((file) => `/api/v1/${file.replace(/\/?route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`);
    expect(routes.map((route) => route.path).sort()).toEqual(addresses.sort());
  });

  it("says in a sentence what each does", () => {
    for (const [name, { spec }] of named) expect(spec.says, name).toMatch(/^[A-Z].*\.$/);
  });

  it("asks for permissions that exist", () => {
    const known = [...Object.keys(permissions), "tenants:write"];
    for (const [name, { spec }] of named) if (spec.needs) expect(known, name).toContain(spec.needs);
  });

  it("holds no server action anywhere", () => {
    const files = readdirSync(".", { recursive: true, encoding: "utf8" }).filter((file) =>
      /^(app|components|lib)\/.*\.tsx?$/.test(file),
    );
    expect(files.length).toBeGreaterThan(50);
    return Promise.all(
      files.map(async (file) => {
        const { readFile } = await import("node:fs/promises");
        expect(await readFile(file, "utf8"), file).not.toMatch(/^\s*["']use server["']/m);
      }),
    );
  });
});

describe("without a gate", () => {
  it.each(gated)("%s answers 401", async (_, door) => {
    const response = await callApi(door.verb, await addressOf(door, world.tenantId), { body: bodyOf(door) });
    await expectProblem(response, 401);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
  });

  it.each(gated)("%s answers 401 to a made-up key and to a made-up cookie", async (_, door) => {
    const address = await addressOf(door, world.tenantId);
    const key = "ms_live_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const byKey = await callApi(door.verb, address, { key, body: bodyOf(door) });
    expect([401, 403]).toContain(byKey.status);
    await expectProblem(await callApi(door.verb, address, { cookie: "sid=made-up", body: bodyOf(door) }), 401);
  });
});

describe("without the scope", () => {
  it.each(scoped)("%s answers 403 to a key and says which it needs", async (_, door) => {
    const others = Object.keys(permissions).filter((scope) => scope !== door.spec.needs);
    const { secret } = await makeKey(world.tenantId, others);
    const response = await callApi(door.verb, await addressOf(door, world.tenantId), {
      key: secret,
      body: bodyOf(door),
    });
    const problem = await expectProblem(response, 403);
    expect(problem.facts).toEqual({ needs: door.spec.needs });
  });

  const pairs = scoped.flatMap(([name, door]) => roles.map((role) => [`${role}: ${name}`, role, door] as const));
  it.each(pairs)("the matrix decides for %s", async (_, role, door) => {
    // What belongs to a stranger is asked for: whoever passes the gate and the matrix is told that it does not exist.
    const stranger = await makeWorkspace();
    const address = await addressOf(door, stranger.tenantId);
    const response = await callApi(door.verb, address, { cookie: world.cookieFor[role], body: bodyOf(door) });
    const allowed = roleMay(role, door.spec.needs as Permission);
    if (allowed) expect(response.status, await response.clone().text()).not.toBe(403);
    // Leaving a workspace asks only after it has looked whose membership it is.
    else expect(response.status).toBe(403);
  });
});

describe("another workspace's id", () => {
  const withId = byKey.filter(([, { path }]) => path.includes("{id}"));
  it.each(withId)("%s answers 404", async (_, door) => {
    const stranger = await makeWorkspace();
    const address = await addressOf(door, stranger.tenantId);
    await expectProblem(await callApi(door.verb, address, { key: world.key, body: bodyOf(door) }), 404);
  });

  it.each(withId)("%s answers 404 to an id that is none", async (_, door) => {
    for (const id of ["x", "key_zzz", "..%2f..%2fetc", "00000000-0000-0000-0000-000000000000"]) {
      const response = await callApi(door.verb, door.path.replace("{id}", id), { key: world.key, body: bodyOf(door) });
      await expectProblem(response, 404);
    }
  });
});

describe("a bad request", () => {
  const withBody = named.filter(([, { spec }]) => spec.body && spec.body !== "stream");
  it.each(withBody)("%s answers 422 and points to the field", async (_, door) => {
    const address = await addressOf(door, world.tenantId);
    const access = door.spec.gate.says.key
      ? { key: world.key }
      : door.spec.gate.says.session
        ? { cookie: world.cookieFor.owner }
        : { headers: ownOrigin() };
    const response = await callApi(door.verb, address, { ...access, body: { there_is_no_such_field: 1 } });
    const problem = await expectProblem(response, 422);
    expect(problem.errors?.map((fault) => fault.pointer)).toContain("/there_is_no_such_field");
  });

  it.each(byKey)("%s answers 422 to an unknown parameter", async (_, door) => {
    const address = await addressOf(door, world.tenantId);
    const response = await callApi(door.verb, `${address}?there_is_no_such_parameter=1`, {
      key: world.key,
      body: bodyOf(door),
    });
    // A door for people only turns the key away before it looks at the parameters.
    const problem = await expectProblem(response, 422);
    expect(problem.errors?.[0]?.pointer).toBe("/there_is_no_such_parameter");
  });

  it.each(routes.map((route) => [route.path, route] as const))(
    "%s answers 405 to a verb it does not have",
    async (path, route) => {
      const have = specsOf(route).map(({ verb }) => verb);
      for (const verb of (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).filter(
        (candidate) => !have.includes(candidate),
      )) {
        const response = await callApi(verb, path.replace("{id}", "x"), { key: world.key });
        await expectProblem(response, 405);
        for (const allowed of have) expect(response.headers.get("allow")).toContain(allowed);
      }
    },
  );
});

describe("an Idempotency-Key", () => {
  const posts = named.filter(
    ([, { verb, spec }]) => verb === "POST" && !spec.gate.says.key && !spec.gate.says.platform,
  );
  it.each(posts)("is refused by %s instead of being ignored", async (_, door) => {
    const access = door.spec.gate.says.session ? { cookie: world.cookieFor.owner } : {};
    const headers = { ...ownOrigin(), "idempotency-key": "once" };
    const response = await callApi(door.verb, door.path, { ...access, headers, body: bodyOf(door) });
    expect(await expectProblem(response, 422)).toMatchObject({ reason: "bad_idempotency_key" });
  });
});

describe("what a create route is given", () => {
  const creates = byKey.filter(([, { verb, spec }]) => verb === "POST" && spec.status === 201);
  const metadata = { crm_id: 7, camelKey: [true] };
  const uploads = creates.filter(([, { spec }]) => spec.body === "stream");
  it.each(uploads)("%s keeps the caller's metadata beside the file and answers it", async (_, door) => {
    const fresh = await makeWorld();
    const address = `${door.path}?metadata=${encodeURIComponent(JSON.stringify(metadata))}`;
    const response = await callApi(door.verb, address, { key: fresh.key, body: bodyOf(door) });
    expect(response.status, await response.clone().text()).toBe(201);
    expect((await response.json()).metadata).toEqual(metadata);
  });

  const plain = creates.filter(([, { spec }]) => spec.body !== "stream");
  it.each(plain)("%s keeps the caller's metadata and answers it", async (_, door) => {
    const body = { ...(bodyOf(door) as object), email: "meta@example.test", metadata };
    const accepted = door.path.endsWith("/invitations") ? body : { ...(bodyOf(door) as object), metadata };
    // A world of its own: the names of the examples are given once in each.
    const fresh = await makeWorld();
    const address = await addressOf(door, fresh.tenantId);
    const response = await callApi(door.verb, address, { key: fresh.key, body: accepted });
    expect(response.status, await response.clone().text()).toBe(201);
    expect((await response.json()).metadata).toEqual(metadata);
  });
});

describe("the answer", () => {
  it.each(byKey)("of %s has the declared shape", async (_, door) => {
    const fresh = await makeWorld();
    const address = await addressOf(door, fresh.tenantId);
    const response = await callApi(door.verb, address, { key: fresh.key, body: bodyOf(door) });
    expect(response.status, await response.clone().text()).toBe(door.spec.status ?? 200);
    if (typeof door.spec.answer === "string") return;
    const schema: z.ZodType = door.spec.answer;
    schema.parse(camelize(schema, await response.json()));
  });
});

describe("a foreign page", () => {
  const writes = named.filter(([, { verb, spec }]) => verb !== "GET" && spec.gate.says.session);
  it.each(writes)("cannot make a browser do %s (B25)", async (_, door) => {
    const address = await addressOf(door, world.tenantId);
    for (const headers of [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
      { origin: "null", "sec-fetch-site": "same-origin" },
    ]) {
      const response = await callApi(door.verb, address, {
        cookie: world.cookieFor.owner,
        headers,
        body: bodyOf(door),
      });
      await expectProblem(response, 403);
    }
  });
});
