import { describe, expect, it } from "vitest";
import { nextPath, withNext } from "./next-path";

describe("where to go after signing in", () => {
  it.each([
    ["/overview"],
    ["/settings/members?invite=1"],
    ["/audit?from=2026-11-01&action=key.created#line-4"],
    ["/invitations"],
    ["/a//b"],
    ["/search?q=//evil.example"],
    ["/search?q=https%3A%2F%2Fevil.example"],
    ["/sign-in-report"],
  ])("follows %s", (path) => expect(nextPath(path)).toBe(path));

  it.each([
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["\\/evil.example"],
    ["/\t/evil.example"],
    ["/\n/evil.example"],
    ["/\r\n/evil.example"],
    ["/\u0000/evil.example"],
    ["\t//evil.example"],
    [" //evil.example"],
    ["/a\\..\\\\evil.example"],
    ["/..//evil.example"],
    ["/.//evil.example"],
    ["/a/../..//evil.example"],
    ["/%2e%2e//evil.example"],
    ["/%2Fevil.example"],
    ["/%2f%2fevil.example"],
    ["/%5Cevil.example"],
    ["/%E0%A4%A"],
    ["https://evil.example"],
    ["https:/evil.example"],
    ["https:evil.example"],
    ["HTTPS://evil.example"],
    ["javascript:alert(1)"],
    ["JaVaScRiPt:alert(1)"],
    ["data:text/html,x"],
    ["@evil.example"],
    [".evil.example"],
    ["evil.example"],
    ["overview"],
    ["?next=//evil.example"],
    ["#//evil.example"],
    [""],
    [`/${"a".repeat(2048)}`],
    [undefined],
    [null],
    [["/audit", "//evil.example"]],
    [{ path: "/audit" }],
  ])("leads %j to the overview", (given) => expect(nextPath(given)).toBe("/overview"));

  it.each(["/sign-in", "/sign-in/code", "/sign-up?x=1", "/api/auth/signout", "/api/v1/me", "/reset-password"])(
    "does not lead in a circle to %s",
    (path) => expect(nextPath(path)).toBe("/overview"),
  );

  it("says nothing of the overview, which is where one goes anyway", () => {
    expect(withNext("/sign-in", "/overview")).toBe("/sign-in");
    expect(withNext("/sign-in/code", "/audit?a=b")).toBe("/sign-in/code?next=%2Faudit%3Fa%3Db");
  });
});
