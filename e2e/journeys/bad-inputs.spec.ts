import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { expect, test } from "@playwright/test";
import { makeMember, makeWorkspace } from "@/db/factories/access";
import { listMails } from "@/db/queries/access/mail-outbox";
import { asGate } from "@/db/system";
import { type FurnishedWorkspace, furnishedWorkspace } from "@/e2e/workspace";
import { uuidv7 } from "@/lib/kernel/ids";
import { ports } from "@/lib/ports";
import { safeFetch } from "@/lib/providers/safe-fetch";

/**
 * What products like ours were broken with, sent to the built product over the wire. Each test names its row in the list
 * of bad inputs we must survive (B1 to B25).
 */

const own = () => new URL(test.info().project.use.baseURL ?? "").origin;
type Headers_ = Record<string, string>;
type Sent = { method?: string; headers?: Headers_; body?: string | FormData };

/** Redirects are looked at, never followed; no cookie is kept between calls. */
const send = (path: string, { method = "GET", headers = {}, body }: Sent = {}) =>
  fetch(`${own()}${path}`, { method, headers, body, redirect: "manual", signal: AbortSignal.timeout(20_000) });

/** The framework redirects a request for a page's data once, to the same path with its own `_rsc`: that one is followed. */
async function sendForData(path: string, headers: Headers_) {
  const response = await send(path, { headers });
  const location = response.headers.get("location");
  if (!location?.startsWith(`${path.split("?")[0]}?_rsc`)) return response;
  await response.text();
  return send(location, { headers });
}

/** What our own pages send along with a cookie. */
const fromOurPage = (cookie: string): Headers_ => ({ cookie, origin: own(), "sec-fetch-site": "same-origin" });
const json = { "content-type": "application/json" };

/** Bytes as they are: no client library would send most of this. */
function speak(text: string, waitMs = 3000): Promise<string> {
  return new Promise((done) => {
    let answer = "";
    const socket = connect(Number(new URL(own()).port), "127.0.0.1", () => socket.write(text));
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      done(answer);
    });
  });
}

/** Somebody inside, whom nobody should hear from: counts who knocks. */
async function inside(work: (port: number) => Promise<void>): Promise<number> {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await work(typeof address === "object" && address ? address.port : 0);
  // What was set off behind an answer gets its chance.
  await new Promise((done) => setTimeout(done, 500));
  await new Promise((done) => server.close(done));
  return knocks;
}

/** Every page behind the shell, from the build itself: a page that is added is held to this without anybody saying so. */
const guardedPages = Object.entries(readManifest<Record<string, string>>("app-path-routes-manifest.json"))
  .filter(([file, path]) => file.startsWith("/(dashboard)/") && file.endsWith("/page") && !path.includes("["))
  .map(([, path]) => path);

function readManifest<T>(name: string): T {
  return JSON.parse(readFileSync(`.next/${name}`, "utf8")) as T;
}

let world: FurnishedWorkspace;
let cookie: string;
test.beforeAll(async () => {
  world = await furnishedWorkspace(`canary-${uuidv7().slice(-12)}`);
  ({ cookie } = await world.signIn());
});

test.describe("pages behind the shell", () => {
  test("are there, and show their workspace to its owner", async () => {
    expect(guardedPages).toContain("/overview");
    expect(await (await send("/overview", { headers: { cookie } })).text()).toContain(world.handle);
  });

  const five = (word: string) => Array(5).fill(word).join(":");
  const disguises: Headers_[] = [
    ...["middleware", "src/middleware", "proxy", "src/proxy", "pages/_middleware"].flatMap((word) => [
      { "x-middleware-subrequest": word },
      { "x-middleware-subrequest": five(word) },
    ]),
    { "x-middleware-next": "1" },
    { "x-middleware-rewrite": "/overview" },
    { "x-middleware-set-cookie": "sid=made-up" },
    { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "sid=made-up" },
    { "x-invoke-path": "/overview", "x-invoke-status": "200" },
    { "x-matched-path": "/overview" },
    { "x-nextjs-data": "1" },
    { "x-now-route-matches": "1=overview" },
    { "x-prerender-revalidate": "1" },
  ];

  test("are not opened by pretending to be the framework (B1)", async () => {
    for (const path of guardedPages) {
      for (const headers of disguises) {
        const response = await send(path, { headers });
        const told = `${path} with ${JSON.stringify(headers)}`;
        expect(response.status, told).toBe(307);
        expect(response.headers.get("location"), told).toMatch(/^\/sign-in\?/);
        expect(response.headers.get("content-security-policy"), told).toContain("'strict-dynamic'");
        expect(await response.text(), told).not.toContain(world.handle);
      }
    }
    for (const headers of disguises) expect((await send("/api/v1/me", { headers })).status).toBe(401);
  });

  test("do not take their nonce or policy from the caller (B1)", async () => {
    const planted = {
      "x-nonce": "planted",
      "content-security-policy": "script-src 'nonce-planted'",
      "x-middleware-request-x-nonce": "planted",
    };
    const response = await send("/overview", { headers: { cookie, ...planted } });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).not.toContain("planted");
    expect(await response.text()).not.toContain("planted");
  });

  test("leak nothing through the framework's other addresses for them (B4)", async () => {
    const build = readFileSync(".next/BUILD_ID", "utf8").trim();
    for (const path of guardedPages) {
      const ways: [string, Headers_][] = [
        [`${path}.rsc`, {}],
        [`${path}.rsc?_rsc=1`, { rsc: "1" }],
        [`${path}?_rsc=1`, { rsc: "1" }],
        [`${path}?_rsc=1`, { rsc: "1", "next-router-prefetch": "1" }],
        [`${path}?_rsc=1`, { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" }],
        [`${path}.segments/_tree.segment.rsc`, { rsc: "1" }],
        [`${path}.segments/_full.segment.rsc`, {}],
        [`${path}.prefetch.rsc`, {}],
        [`${path}.txt`, {}],
        [`${path}.json`, {}],
        [`/_next/data/${build}${path}.json`, { "x-nextjs-data": "1" }],
        [`/en${path}`, {}],
        [`${path}?nxtPid=1&nxtIid=1&nextLocale=en&__nextDataReq=1&__nextLocale=en`, {}],
        [`${path}/%2e%2e${path}`, {}],
        [path.toUpperCase(), {}],
        [`${path}/.`, {}],
      ];
      for (const [way, headers] of ways) {
        // Asked for by the owner first: what anything in between kept is then there to be found.
        await (await sendForData(way, { ...headers, cookie })).text();
        const response = await sendForData(way, headers);
        const told = `${way} ${JSON.stringify(headers)}`;
        expect(response.status, told).toBeLessThan(500);
        expect(await response.text(), told).not.toContain(world.handle);
      }
    }
  });

  test("are kept by nothing in between, in either form, and each form says that it varies (B8)", async () => {
    for (const path of guardedPages) {
      const page = await send(path, { headers: { cookie } });
      const data = await sendForData(`${path}?_rsc=1`, { cookie, rsc: "1" });
      for (const response of [page, data]) {
        expect(response.headers.get("cache-control"), path).toBe("private, no-store");
        if (response.status === 200) expect(response.headers.get("vary")?.toLowerCase(), path).toContain("rsc");
      }
      expect(data.headers.get("content-type") ?? "", path).not.toContain("text/html");
      await Promise.all([page.text(), data.text()]);
    }
  });
});

test.describe("server actions, of which there are none", () => {
  const id = "40a1b2c3d4e5f60718293a4b5c6d7e8f9012345678";
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };
  const pollution = form({
    0: '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B1337\\"}","_response":{"_prefix":"process.exit(1);","_formData":{"get":"$1:constructor:constructor"}}}',
    1: '"$@0"',
  });
  const selfReference = form({ 0: '["$@0","$F1","$F1"]', 1: '{"id":"x","bound":"$@1"}' });
  const progressive = form({
    $ACTION_REF_1: "",
    "$ACTION_1:0": `{"id":"${id}","bound":"$@1"}`,
    "$ACTION_1:1": '["$@1"]',
  });
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const wide = JSON.stringify(Array.from({ length: 30_000 }, (_, i) => `$${(i + 1).toString(16)}`));

  const attacks: [name: string, sent: Sent][] = [
    [
      "an id that was found or guessed (B7)",
      { headers: { "next-action": id, "content-type": "text/plain" }, body: "[]" },
    ],
    ["an id that is none", { headers: { "next-action": "x" }, body: "[]" }],
    ["a polluted prototype (B2)", { headers: { "next-action": id }, body: pollution }],
    ["a reference to itself (B2)", { headers: { "next-action": id }, body: selfReference }],
    ["a form without a header (B2)", { body: progressive }],
    ["a polluted form without a header (B2)", { body: pollution }],
    ["a body nested without end (B6)", { headers: { "next-action": id, "content-type": "text/plain" }, body: deep }],
    ["a body of endless references (B6)", { headers: { "next-action": id, "content-type": "text/plain" }, body: wide }],
  ];
  const origins: Headers_[] = [{}, { origin: "null" }, { origin: "https://evil.example" }, { origin: "own" }];

  test("are refused before the framework unpacks anything, from any origin (B2, B5, B6, B7)", async () => {
    for (const [name, sent] of attacks) {
      const took: number[] = [];
      for (const path of ["/", "/overview", "/api/v1/me", "/nowhere"]) {
        if (path.startsWith("/api/") && !sent.headers) continue;
        for (const origin of origins) {
          const headers = { ...sent.headers, cookie, ...(origin.origin === "own" ? { origin: own() } : origin) };
          // A refusal closes the connection, perhaps before all of a large body was sent.
          const began = performance.now();
          const response = await send(path, { ...sent, method: "POST", headers }).catch(() => null);
          took.push(performance.now() - began);
          expect(response?.status ?? 403, `${name} to ${path} from ${JSON.stringify(origin)}`).toBe(403);
          expect((await response?.text()) ?? "").toBe("");
        }
      }
      // The quickest, because the machine may be busy with others: what computes for seconds does so every time.
      expect(Math.min(...took), name).toBeLessThan(1000);
    }
    expect((await send("/api/health")).status).toBe(200);
  });

  test("exist in no build", () => {
    const { node, edge } = readManifest<{ node: object; edge: object }>("server/server-reference-manifest.json");
    expect({ ...node, ...edge }).toEqual({});
  });
});

test.describe("the way a request is written", () => {
  test("leads to no other machine (B3)", async () => {
    const knocks = await inside(async (port) => {
      const there = `127.0.0.1:${port}`;
      const hosts = `Host: ${there}\r\nX-Forwarded-Host: ${there}\r\nX-Original-Url: http://${there}/\r\n`;
      const upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n";
      for (const method of ["GET", "POST", "OPTIONS"]) {
        for (const extra of ["", upgrade]) {
          const absolute = await speak(`${method} http://${there}/latest HTTP/1.1\r\nHost: x\r\n${extra}\r\n`);
          expect(absolute).toMatch(/^HTTP\/1\.1 400 /);
        }
      }
      expect(await speak(`CONNECT ${there} HTTP/1.1\r\nHost: ${there}\r\n\r\n`)).not.toMatch(/^HTTP\/1\.1 2/);
      for (const path of [
        "/",
        "/overview",
        "/api/v1/me",
        `//${there}/`,
        `/_next/image?url=http://${there}/a.png&w=64&q=75`,
      ]) {
        expect(await speak(`GET ${path} HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 [34]/);
      }
    });
    expect(knocks).toBe(0);
  });

  test("ends where it says it ends: nothing inside a body becomes a request (B9)", async () => {
    const { rewrites } = readManifest<{ rewrites: Record<string, unknown[]> | unknown[] }>("routes-manifest.json");
    expect(Object.values(rewrites).flat()).toEqual([]);

    const hidden = "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
    const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
    const last = "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (const method of ["DELETE", "OPTIONS", "GET", "POST"]) {
      const answer = await speak(
        `${method} /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${last}`,
      );
      expect(answer.match(/HTTP\/1\.1 \d{3}/g)?.length, method).toBeLessThanOrEqual(2);
      expect(answer, method).not.toContain('"openapi"');
    }
    for (const framing of [
      "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
      "Content-Length: 4\r\nContent-Length: 5\r\n",
      "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding : chunked\r\n",
      "Transfer-Encoding: xchunked\r\n",
      "Content-Length: +4\r\n",
    ]) {
      const answer = await speak(`POST /api/v1/keys HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n${chunk}${last}`);
      expect(answer, framing).toMatch(/^HTTP\/1\.1 (400|501) /);
      expect(answer, framing).not.toContain('"openapi"');
    }
  });

  test("in a method or an escape that nobody knows is the caller's fault", async () => {
    const key = { authorization: `Bearer ${world.key}` };
    expect(await speak("TRACE / HTTP/1.1\r\nHost: localhost\r\nCookie: sid=canary\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 405 /,
    );
    expect((await send("/api/v1/keys/%E0%A4%A", { headers: key })).status).toBe(400);
    expect((await send("/api/nowhere")).headers.get("content-type")).toBe("application/problem+json");
  });
});

/** Everything a browser does to sign in. */
async function signIn(email: string, password: string, callbackUrl = "/") {
  const csrf = await send("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const crumbs = csrf.headers.getSetCookie().map((line) => line.split(";")[0]);
  const response = await send("/api/auth/callback/password", {
    method: "POST",
    headers: {
      ...fromOurPage(crumbs.join("; ")),
      "content-type": "application/x-www-form-urlencoded",
      "x-auth-return-redirect": "1",
    },
    body: new URLSearchParams({ email, password, csrfToken, callbackUrl }).toString(),
  });
  const { url } = (await response.json()) as { url: string };
  const session = response.headers.getSetCookie().find((line) => line.startsWith("sid="));
  return { cookie: session?.split(";")[0] ?? null, attributes: session ?? "", url, status: response.status };
}

const password = "correct horse battery";
async function somebody() {
  const { tenantId } = await makeWorkspace();
  const email = `somebody-${uuidv7()}@example.test`;
  const passwordHash = await ports().passwords.hash(password);
  await makeMember(tenantId, { role: "owner", email, passwordHash });
  return { email };
}

test("a session from before a password change or a reset opens nothing any more (B13)", async () => {
  const { email } = await somebody();
  const kept = (await signIn(email, password)).cookie ?? "";
  const old = (await signIn(email, password)).cookie ?? "";
  const opens = async (session: string) => {
    const api = (await send("/api/v1/me", { headers: { cookie: session } })).status;
    const page = (await send("/overview", { headers: { cookie: session } })).status;
    const seen = (await send("/api/v1/me", { headers: fromOurPage(session) })).status;
    return [api, page, seen];
  };
  expect(await opens(kept)).toEqual([200, 200, 200]);
  expect(await opens(old)).toEqual([200, 200, 200]);

  const change = { current_password: password, new_password: "another good sentence" };
  const changed = await send("/api/v1/me/password", {
    method: "POST",
    headers: { ...fromOurPage(kept), ...json },
    body: JSON.stringify(change),
  });
  expect(changed.status).toBe(200);
  expect(await opens(old)).toEqual([401, 307, 401]);
  expect(await opens(kept)).toEqual([200, 200, 200]);

  const post = (path: string, body: object) =>
    send(path, { method: "POST", headers: { ...fromOurPage(""), ...json }, body: JSON.stringify(body) });
  expect((await post("/api/v1/password-resets", { email })).status).toBe(200);
  const letter = (await asGate((db) => listMails(db, 200))).find(
    (mail) => mail.recipient === email && mail.subject.includes("new password"),
  );
  const token = /#([A-Za-z0-9_-]{43})/.exec(letter?.text ?? "")?.[1];
  const reset = await post("/api/v1/password-resets/confirm", { token, new_password: "a third good sentence" });
  expect(reset.status).toBe(204);
  expect(await opens(kept)).toEqual([401, 307, 401]);
});

test.describe("addresses of the inside", () => {
  const spellings = (port: number) => [
    `http://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    `https://127.0.0.1:${port}`,
    `http://2130706433:${port}`,
    `http://0x7f000001:${port}`,
    `http://0177.0.0.1:${port}`,
    `http://127.1:${port}`,
    `http://0:${port}`,
    `http://[::1]:${port}`,
    `http://[::ffff:127.0.0.1]:${port}`,
    `http://[::ffff:7f00:1]:${port}`,
    `http://localhost.:${port}`,
    `http://user@127.0.0.1:${port}`,
    `http://１２７.0.0.1:${port}`,
  ];

  test("are never asked, in whatever field they are put (B21)", async () => {
    const key = { authorization: `Bearer ${world.key}`, ...json };
    const patch = (body: object) =>
      send("/api/v1/workspaces/current", { method: "PATCH", headers: key, body: JSON.stringify(body) });
    const knocks = await inside(async (port) => {
      for (const address of spellings(port)) {
        // A header holds bytes, not every character.
        const written = encodeURI(address);
        const everywhere = { origin: written, referer: `${written}/`, "x-forwarded-host": written.slice(7) };
        await send("/api/v1/me", { headers: { ...key, ...everywhere } });
        await send("/overview", { headers: { cookie, ...everywhere } });
        await send(`/api/auth/signin?callbackUrl=${encodeURIComponent(address)}`);
        await send(`/sign-in?next=${encodeURIComponent(address)}&callbackUrl=${encodeURIComponent(address)}`);
        await send(`/_next/image?url=${encodeURIComponent(`${address}/a.png`)}&w=64&q=75`);
        await patch({ metadata: { webhook: address, avatar: `${address}/a.svg`, logo: address } });
        await patch({ name: address.slice(0, 80), postal_address: address });
        // Stored for comparison only, where it is an origin at all.
        expect([200, 422]).toContain((await patch({ allowed_origins: [address] })).status);
        await send("/api/v1/me", { method: "OPTIONS", headers: { origin: written } });
      }
      await patch({ name: world.handle, allowed_origins: [], metadata: null, postal_address: null });
    });
    expect(knocks).toBe(0);
  });

  test("are no origins that a key may be used from, unless they are exactly one (B21)", async () => {
    const headers = { authorization: `Bearer ${world.key}`, ...json };
    for (const origin of [
      "javascript:alert(1)",
      "file:///etc/passwd",
      "null",
      "*",
      "https://shop.example/path",
      "https://user:word@shop.example",
      "https://shop.example#x",
      "//shop.example",
      "https://shop.example\\@evil.example",
      "data:text/html,x",
    ]) {
      const body = JSON.stringify({ allowed_origins: [origin] });
      const response = await send("/api/v1/workspaces/current", { method: "PATCH", headers, body });
      expect(response.status, origin).toBe(422);
      expect(((await response.json()) as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe(
        "/allowed_origins/0",
      );
    }
  });

  test("are refused by the one way out, in every spelling (B21, B27)", async () => {
    const knocks = await inside(async (port) => {
      for (const address of [...spellings(port), `https://localhost:${port}`, `https://[::ffff:127.0.0.1]:${port}`]) {
        expect(await safeFetch(`${address}/latest/meta-data`), address).toMatchObject({ kind: "refused" });
      }
    });
    expect(knocks).toBe(0);
    for (const address of [
      "https://127.0.0.1/",
      "https://169.254.169.254/",
      "https://[::ffff:127.0.0.1]/",
      "https://localhost/",
    ]) {
      expect(await safeFetch(address), address).toMatchObject({ kind: "refused" });
    }
  });
});

test.describe("whether an address is known", () => {
  test("is told neither by words nor by status nor by time (B23)", async () => {
    const { email } = await somebody();
    const stranger = () => `nobody-${uuidv7()}@example.test`;
    const asked = async (path: string, address: string) => {
      const body = { email: address, name: "Josette", workspace_name: "Boutik" };
      const wanted = path === "/api/v1/sign-up" ? body : { email: address };
      const headers = { ...fromOurPage(""), ...json };
      const response = await send(path, { method: "POST", headers, body: JSON.stringify(wanted) });
      const names = [...response.headers.keys()].sort();
      return { status: response.status, body: await response.text(), names };
    };
    for (const path of ["/api/v1/sign-up", "/api/v1/sign-in-links", "/api/v1/password-resets"]) {
      const answer = await asked(path, email);
      expect(answer.status, path).toBe(200);
      expect(answer, path).toEqual(await asked(path, stranger()));
    }

    const timed = async (address: string) => {
      const began = performance.now();
      const { url, status, cookie: session } = await signIn(address, "wrong wrong wrong");
      return { ms: performance.now() - began, told: [status, session, new URL(url).search] };
    };
    const known = [await timed(email)];
    const unknown = [await timed(stranger())];
    for (let i = 0; i < 2; i++) {
      unknown.push(await timed(stranger()));
      known.push(await timed(email));
    }
    for (const attempt of [...known, ...unknown]) expect(attempt.told).toEqual(known[0]?.told);
    const best = (tries: { ms: number }[]) => Math.min(...tries.map(({ ms }) => ms));
    const ratio = best(known) / best(unknown);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });
});

test.describe("the way back after signing in", () => {
  const elsewhere = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "http://localhost@evil.example",
    "http://localhost.evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/\t/evil.example",
    "/%09/evil.example",
    "/%2f%2fevil.example",
    "/.evil.example/..//evil.example",
  ];
  const staysHere = (location: string | null, told: string) => {
    if (location === null) return;
    const { origin, protocol } = new URL(location, own());
    expect([origin, protocol], `${told} led to ${location}`).toEqual([own(), "http:"]);
  };

  test("never leads away from here (B23)", async () => {
    const { email } = await somebody();
    const callers: Headers_[] = [{}, { cookie }];
    for (const target of elsewhere) {
      const given = encodeURIComponent(target);
      const sites = [`/api/auth/signin?callbackUrl=${given}`, `/sign-in?next=${given}`, `/sign-in/code?next=${given}`];
      for (const path of sites) {
        for (const headers of callers) {
          const response = await send(path, { headers });
          staysHere(response.headers.get("location"), path);
          for (const line of response.headers.getSetCookie()) {
            const kept = /^authjs\.callback-url=([^;]*)/.exec(line)?.[1];
            if (kept) staysHere(decodeURIComponent(kept), path);
          }
          await response.text();
        }
      }
    }
    const { cookie: session, url } = await signIn(email, password, "//evil.example/after");
    expect(session).toBeTruthy();
    staysHere(url, "signing in");
  });

  test("is not written by the path either (B23)", async () => {
    for (const path of [
      "//evil.example/",
      "/\\evil.example/",
      "//evil.example/%2e%2e",
      "/%5cevil.example/",
      "///evil.example//",
    ]) {
      const answer = await speak(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const location = /^location: (.*)\r$/im.exec(answer)?.[1] ?? null;
      staysHere(location, path);
    }
  });
});

test("a page elsewhere cannot make a signed-in browser change anything (B25)", async () => {
  const keys = async () => (await send("/api/v1/keys", { headers: { cookie } })).json() as Promise<{ items: object[] }>;
  const before = (await keys()).items.length;
  const body = JSON.stringify({ name: "Planted", scopes: ["*"] });
  const invitation = JSON.stringify({ email: "planted@example.test", role: "admin" });
  const foreign: Headers_[] = [
    {},
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: own(), "sec-fetch-site": "cross-site" },
    { origin: own(), "sec-fetch-site": "same-site" },
    { origin: own().replace("localhost", "127.0.0.1") },
    { origin: own().replace("http:", "https:") },
    { origin: `${own()}.evil.example` },
    { origin: own().toUpperCase() },
    { referer: `${own()}/settings/members` },
  ];
  for (const headers of foreign) {
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
      const told = `${JSON.stringify(headers)} as ${type}`;
      const all = { ...headers, cookie, "content-type": type };
      for (const [path, given] of [
        ["/api/v1/keys", body],
        ["/api/v1/invitations", invitation],
      ] as const) {
        expect((await send(path, { method: "POST", headers: all, body: given })).status, told).toBe(403);
      }
    }
    for (const path of ["/api/auth/callback/password", "/api/auth/signout", "/api/auth/signin/google"]) {
      expect((await send(path, { method: "POST", headers: { ...headers, cookie } })).status, path).toBe(403);
    }
  }
  // From our own page, but as a form could send it: not JSON.
  const asForm = { ...fromOurPage(cookie), "content-type": "text/plain" };
  expect((await send("/api/v1/keys", { method: "POST", headers: asForm, body })).status).toBe(415);
  expect((await keys()).items.length).toBe(before);
  // The same call from our own page works: what was refused above was refused for its origin.
  const mine = await send("/api/v1/keys", { method: "POST", headers: { ...fromOurPage(cookie), ...json }, body });
  expect(mine.status).toBe(201);
});

test("signing in takes no endless body, and its cookie is for the server alone", async () => {
  const response = await send("/api/auth/callback/password", {
    method: "POST",
    headers: { ...fromOurPage(""), "content-type": "application/x-www-form-urlencoded" },
    body: `password=${"a".repeat(2_000_000)}`,
  });
  expect(response.status).toBe(413);
  const { email } = await somebody();
  const { attributes } = await signIn(email, password);
  expect(attributes).toMatch(/; HttpOnly/i);
  expect(attributes).toMatch(/; SameSite=Lax/i);
});

test.describe("the headers of every kind of answer", () => {
  const everywhere = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-powered-by": null,
    server: null,
    "x-request-id": "given",
  };
  const page =
    "default-src 'self'; script-src 'self' 'nonce-N' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  const inert = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  type Kind = [name: string, path: string, sent: () => Sent, status: number, policy: string | null, cache: string];
  const signedIn = () => ({ headers: { cookie } });
  const withKey = () => ({ headers: { authorization: `Bearer ${world.key}` } });
  const nobody = () => ({});
  const uncached = "private, no-cache, no-store, max-age=0, must-revalidate";
  const kinds: Kind[] = [
    ["a page", "/overview", signedIn, 200, page, "private, no-store"],
    ["a page's data", "/overview?_rsc", () => ({ headers: { cookie, rsc: "1" } }), 200, page, "private, no-store"],
    ["a page for nobody", "/overview", nobody, 307, page, "private, no-store"],
    ["the way in", "/sign-in", nobody, 200, page, "private, no-store"],
    ["no page", "/nowhere", nobody, 404, page, uncached],
    ["no page under a file's name", "/icon.svg.html", nobody, 404, page, uncached],
    ["an answer to a key", "/api/v1/me", withKey, 200, inert, "no-store"],
    ["an answer to a session", "/api/v1/me", signedIn, 200, inert, "no-store"],
    ["nobody's call", "/api/v1/me", nobody, 401, inert, "no-store"],
    ["an unknown id", `/api/v1/keys/${uuidv7()}`, () => ({ ...withKey(), method: "DELETE" }), 404, inert, "no-store"],
    ["an unknown route", "/api/v1/nowhere", nobody, 404, inert, "no-store"],
    ["no route at all", "/api/nowhere", nobody, 404, inert, "no-store"],
    ["another verb", "/api/v1/keys", () => ({ ...withKey(), method: "PUT" }), 405, inert, "no-store"],
    ["an unknown parameter", "/api/v1/keys?x=1", withKey, 422, inert, "no-store"],
    [
      "a preflight",
      "/api/v1/keys",
      () => ({ method: "OPTIONS", headers: { origin: "https://a.example" } }),
      204,
      inert,
      "no-store",
    ],
    ["a file to save", "/api/v1/audit/export", withKey, 200, inert, "no-store"],
    ["the crumb", "/api/auth/csrf", nobody, 200, inert, "private, no-store"],
    ["the framework's session", "/api/auth/session", signedIn, 200, inert, "private, no-store"],
    ["the way to the way in", "/api/auth/signin", nobody, 302, inert, "private, no-store"],
    ["signing in by a mere address", "/api/auth/callback/link?token=x", nobody, 302, inert, "private, no-store"],
    ["a page that next-auth would make", "/api/auth/signout", nobody, 404, inert, "no-store"],
    ["health", "/api/health", nobody, 200, inert, "no-store"],
    ["readiness", "/api/ready", nobody, 200, inert, "no-store"],
    ["metrics", "/api/metrics", nobody, 200, inert, "no-store"],
  ];

  for (const [name, path, sent, status, policy, cache] of kinds) {
    test(`${name}: ${path.replace(/[0-9a-f-]{36}/, "{id}")} answers ${status}`, async () => {
      const response = await send(path, sent());
      await response.text();
      expect(response.status).toBe(status);
      const seen = Object.fromEntries(Object.keys(everywhere).map((header) => [header, response.headers.get(header)]));
      expect({ ...seen, "x-request-id": seen["x-request-id"] ? "given" : null }).toEqual(everywhere);
      const given = response.headers.get("content-security-policy");
      expect(given?.replace(/'nonce-[A-Za-z0-9+/=]{20,}'/, "'nonce-N'") ?? null).toBe(policy);
      expect(response.headers.get("cache-control")).toBe(cache);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    });
  }

  test("a script of ours may be kept for good, because its name changes with it", async () => {
    const html = await (await send("/sign-in")).text();
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(html)?.[1] ?? "";
    const response = await send(script);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.getSetCookie()).toEqual([]);
    for (const beside of [
      `${script}.map`,
      "/.next/BUILD_ID",
      "/.env",
      "/.git/config",
      "/server.ts",
      "/dist/server.mjs",
    ]) {
      expect((await send(beside)).status, beside).toBe(404);
    }
  });

  test("a page's nonce is new with every request, and every script in it carries it", async () => {
    const nonces = new Set<string>();
    for (const path of ["/overview", "/overview", "/sign-in", "/nowhere"]) {
      const response = await send(path, { headers: { cookie } });
      const policy = response.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      expect(nonce.length).toBeGreaterThanOrEqual(22);
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
      nonces.add(nonce);
      const html = await response.text();
      for (const script of html.match(/<script\b[^>]*>/g) ?? []) expect(script, path).toContain(`nonce="${nonce}"`);
      // An attribute, not text about one.
      expect(html.match(/<[a-z][^<>]*\son[a-z]+="/gi) ?? [], path).toEqual([]);
    }
    expect(nonces.size).toBe(4);
  });
});
