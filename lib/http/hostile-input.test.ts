import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { POST as signIn } from "@/app/api/auth/[...nextauth]/route";
import { makeKey, makeWorkspace } from "@/db/factories/access";
import { callApi, ownOrigin } from "@/e2e/call-api";
import { publicUrl } from "@/lib/env";
import { uuidv7 } from "@/lib/kernel/ids";
import { shellCall } from "@/lib/ports";
import { mintKeyFromShell } from "@/lib/services/access/mint-key-from-shell";

let key = "";
beforeAll(async () => {
  const { tenantId } = await makeWorkspace();
  key = (await makeKey(tenantId)).secret;
});

const problemOf = async (response: Response) =>
  (await response.json()) as { status: number; reason: string; errors: { pointer: string }[] };

describe("what the database would choke on is the caller's fault, not ours", () => {
  it.each([
    "/api/v1/members?search=%00",
    "/api/v1/audit?search=a%00b",
    "/api/v1/audit?from=0000-01-01T00:00:00Z",
    "/api/v1/audit?until=9999-12-31T23:59:59-23:59",
  ])("GET %s answers 422", async (path) => {
    expect((await callApi("GET", path, { key })).status).toBe(422);
  });

  it.each([
    '{"name":"x\\ud800y"}',
    '{"metadata":{"a":"\\uDFFF"}}',
    '{"metadata":{"\\ud800":1}}',
    '{"metadata":{"a":["\\udc00\\ud800"]}}',
    '{"name":"a\\u0000b"}',
    '{"name":"a\\u2028b"}',
    '{"name":"a\\u202eb"}',
  ])("PATCH with %s answers 422", async (rawBody) => {
    expect((await callApi("PATCH", "/api/v1/workspaces/current", { key, rawBody })).status).toBe(422);
  });

  it("takes whole character pairs, and text that only looks like an escape", async () => {
    const rawBody = '{"name":"\\ud83e\\uddf5 Twal","metadata":{"written":"\\\\ud800"}}';
    const response = await callApi("PATCH", "/api/v1/workspaces/current", { key, rawBody });
    expect(await response.json()).toMatchObject({ name: "🧵 Twal", metadata: { written: "\\ud800" } });
  });
});

describe("a tenant_uuid of the caller's own", () => {
  it("that ends like another one's collides with nothing", async () => {
    const { secret } = await mintKeyFromShell(shellCall(), {
      organisation: `Agency ${uuidv7()}`,
      scopes: ["tenants:write"],
    });
    for (let i = 0; i < 2; i++) {
      const tenant_uuid = `${uuidv7().slice(0, -12)}aaaaaaaaaaaa`;
      const body = { tenant_uuid, name: "Same Name" };
      const response = await callApi("POST", "/api/v1/workspaces", { key: secret, body });
      expect(response.status).toBe(201);
      expect((await callApi("POST", "/api/v1/workspaces", { key: secret, body })).status).toBe(409);
    }
  });
});

describe("a body of unknown fields without end", () => {
  it("is answered shortly", async () => {
    const body = Object.fromEntries(Array.from({ length: 90_000 }, (_, i) => [`k${i}`, 1]));
    const response = await callApi("PATCH", "/api/v1/workspaces/current", { key, body });
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text.length).toBeLessThan(10_000);
    expect((JSON.parse(text) as { errors: unknown[] }).errors).toHaveLength(50);
  });

  it("in the address is, too", async () => {
    const query = Array.from({ length: 900 }, (_, i) => `k${i}=1`).join("&");
    expect((await problemOf(await callApi("GET", `/api/v1/me?${query}`, { key }))).errors).toHaveLength(50);
  });
});

describe("signing in", () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    signIn(
      new NextRequest(`${publicUrl()}/api/auth/callback/password`, {
        method: "POST",
        headers: { ...ownOrigin(), "content-type": "application/x-www-form-urlencoded", ...headers },
        body,
        duplex: "half",
      }),
    );

  it("reads no more of a body than signing in can need, announced or not", async () => {
    expect((await post(`password=${"a".repeat(20_000)}`)).status).toBe(413);
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1024;
        controller.enqueue(new Uint8Array(1024).fill(97));
      },
    });
    expect((await post(endless)).status).toBe(413);
    expect(given).toBeLessThan(64 * 1024);
  });

  it("leads on below our public address, whatever Host a caller wrote", async () => {
    const { GET } = await import("@/app/api/auth/[...nextauth]/route");
    const response = await GET(
      new NextRequest("http://evil.example/api/auth/signin?callbackUrl=http%3A%2F%2Fevil.example%2Fx", {
        headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
      }),
    );
    const told = [response.headers.get("location"), ...response.headers.getSetCookie()].join("\n");
    expect(told).toContain(encodeURIComponent(publicUrl()));
    expect(told).not.toContain("evil");
    const failed = await GET(
      new NextRequest("http://evil.example/api/auth/callback/link?token=x", { headers: { host: "evil.example" } }),
    );
    expect(failed.headers.get("location")).toMatch(new RegExp(`^${publicUrl()}/sign-in\\?error=`));
    expect(response.headers.get("cache-control")).toBe("private, no-store");
  });

  it("shows none of next-auth's own pages", async () => {
    const { GET } = await import("@/app/api/auth/[...nextauth]/route");
    for (const page of ["signout", "verify-request"]) {
      const response = await GET(new NextRequest(`${publicUrl()}/api/auth/${page}`));
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    }
  });
});
