import { describe, expect, test } from "vitest";
import { cleanHeaders, isAcceptableTarget, originOf, plainIp, refusalOf, requestIdOf, routeNamer } from "./incoming";

describe("the target of a request", () => {
  test.each([
    ["/", true],
    ["/api/v1/me?x=1", true],
    ["http://169.254.169.254/latest/meta-data/", false],
    ["HTTP://localhost/", false],
    ["*", false],
    ["", false],
    [undefined, false],
    ["evil:80", false],
    [`/${"a".repeat(9000)}`, false],
  ])("%s", (target, fine) => expect(isAcceptableTarget(target)).toBe(fine));
});

describe("what goes no further", () => {
  test.each([
    ["GET", "/overview", {}, null],
    ["HEAD", "/", {}, null],
    ["POST", "/api/v1/keys", { "content-type": "application/json" }, null],
    ["POST", "/api/v1/uploads", { "content-type": "multipart/form-data; boundary=x" }, null],
    ["TRACE", "/", {}, 405],
    ["PROPFIND", "/", {}, 405],
    ["GET", "/api/v1/keys/%E0%A4%A", {}, 400],
    ["POST", "/", { "next-action": "" }, 403],
    ["POST", "/api/v1/me", { "next-action": "40aa" }, 403],
    ["POST", "/overview", { "content-type": "multipart/form-data; boundary=x" }, 403],
    ["POST", "/overview", { "content-type": " Multipart/Mixed; boundary=x" }, 403],
  ] as const)("%s %s with %j", (method, path, headers, status) =>
    expect(refusalOf(method, path, headers)).toBe(status),
  );
});

describe("whom a request comes from", () => {
  const spoofed = {
    "x-forwarded-for": "6.6.6.6, 203.0.113.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "a.example",
  };

  test("without a trusted proxy, only the socket counts", () => {
    expect(originOf(spoofed, "::ffff:198.51.100.1", 0)).toEqual({
      clientIp: "198.51.100.1",
      direct: false,
      proto: "http",
      host: undefined,
    });
  });

  test("one trusted proxy vouches for the last entry, not for what the caller wrote before it", () => {
    expect(originOf(spoofed, "127.0.0.1", 1)).toEqual({
      clientIp: "203.0.113.7",
      direct: false,
      proto: "https",
      host: "a.example",
    });
  });

  test("two proxies vouch for the last but one", () => {
    expect(originOf(spoofed, "127.0.0.1", 2).clientIp).toBe("6.6.6.6");
  });

  test("a chain shorter than the trusted hops, or nonsense in it, falls back to the socket", () => {
    expect(originOf({ "x-forwarded-for": "6.6.6.6" }, "10.0.0.9", 2).clientIp).toBe("10.0.0.9");
    expect(originOf({ "x-forwarded-for": "<script>" }, "10.0.0.9", 1).clientIp).toBe("10.0.0.9");
  });

  test("a host that could break a header or a link is not taken over", () => {
    expect(originOf({ "x-forwarded-host": "evil.example/path" }, "10.0.0.9", 1).host).toBeUndefined();
  });

  test("is direct only without any word of a proxy", () => {
    expect(originOf({}, "127.0.0.1", 0).direct).toBe(true);
    expect(originOf({ forwarded: "for=1.2.3.4" }, "127.0.0.1", 0).direct).toBe(false);
  });
});

test("the application never sees a caller's internal or forwarding headers", () => {
  const headers: Record<string, string> = {
    host: "localhost:3000",
    accept: "text/html",
    "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware",
    "x-middleware-subrequest-id": "1",
    "x-middleware-rewrite": "/admin",
    "x-invoke-path": "/admin",
    "x-matched-path": "/admin",
    "x-prerender-revalidate": "1",
    "x-now-route-matches": "1",
    "next-resume": "1",
    "x-client-ip": "127.0.0.1",
    "x-client-direct": "1",
    "x-nonce": "canary",
    "x-path": "/admin",
    "content-security-policy": "script-src *",
    "x-forwarded-for": "6.6.6.6",
    "x-forwarded-host": "evil.example",
    "x-forwarded-port": "1",
    "x-real-ip": "6.6.6.6",
    forwarded: "for=6.6.6.6",
    rsc: "1",
  };
  cleanHeaders(headers, originOf(headers, "198.51.100.1", 0), "req_1");
  expect(headers).toEqual({
    host: "localhost:3000",
    accept: "text/html",
    rsc: "1",
    "x-request-id": "req_1",
    "x-client-ip": "198.51.100.1",
    "x-client-direct": "0",
    "x-forwarded-for": "198.51.100.1",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "localhost:3000",
  });
});

test.each([
  ["1.2.3.4", "1.2.3.4"],
  ["1.2.3.4:5678", "1.2.3.4"],
  ["[2001:DB8::1]:443", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["unknown", null],
  ["999.1.1.1", null],
])("the address in %s", (text, ip) => expect(plainIp(text)).toBe(ip));

test.each([
  ["3f2b8c1e-trace", "3f2b8c1e-trace"],
  ["short", "made"],
  ["has space in it", "made"],
  ["line\nbreak-1234", "made"],
  ["x".repeat(101), "made"],
  [undefined, "made"],
])("the request id %j", (given, kept) => expect(requestIdOf(given, () => "made")).toBe(kept));

test("metrics name patterns, never addresses", () => {
  const name = routeNamer({
    staticRoutes: [{ page: "/api/health" }],
    dynamicRoutes: [{ page: "/api/v1/keys/[id]", regex: "^/api/v1/keys/([^/]+?)(?:/)?$" }],
  });
  expect(name("/api/health")).toBe("/api/health");
  expect(name("/api/v1/keys/key_123")).toBe("/api/v1/keys/[id]");
  expect(name("/_next/static/chunks/x.js")).toBe("/_next");
  expect(name("/wp-login.php")).toBe("unknown");
});
