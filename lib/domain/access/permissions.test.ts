import { describe, expect, it } from "vitest";
import { allPermissions, decideRoleChange, grantableBy, permissions, roleMay, scopesCover } from "./permissions";
import { roles } from "./vocabulary";

describe("the permission table", () => {
  it("gives an owner everything and a viewer nothing that writes", () => {
    expect(allPermissions.every((permission) => roleMay("owner", permission))).toBe(true);
    expect(
      allPermissions.filter((permission) => permission.endsWith(":write") && roleMay("viewer", permission)),
    ).toEqual([]);
  });

  it("says each permission in words and for known roles", () => {
    for (const { says, roles: allowed } of Object.values(permissions)) {
      expect(says).toMatch(/^[A-Z]/);
      for (const role of allowed) expect(roles).toContain(role);
    }
  });
});

describe("scopes", () => {
  it("are covered one by one or by the star", () => {
    expect(scopesCover(["*"], "keys:write")).toBe(true);
    expect(scopesCover(["keys:read"], "keys:write")).toBe(false);
  });

  it("are handed out by those who hold them only", () => {
    expect(grantableBy("admin", ["*"])).toEqual({ kind: "yes" });
    expect(grantableBy("marketer", ["workspace:read", "keys:write", "*"])).toEqual({
      kind: "no",
      because: ["keys:write", "*"],
    });
  });
});

describe("a change of role", () => {
  const cases = [
    [{ actor: "admin", from: "viewer", to: "admin", ownersLeft: 1 }, "yes"],
    [{ actor: "admin", from: "viewer", to: "owner", ownersLeft: 1 }, "needs_owner"],
    [{ actor: "admin", from: "owner", to: "removed", ownersLeft: 2 }, "needs_owner"],
    [{ actor: "owner", from: "owner", to: "viewer", ownersLeft: 1 }, "last_owner"],
    [{ actor: "owner", from: "owner", to: "removed", ownersLeft: 1 }, "last_owner"],
    [{ actor: "owner", from: "owner", to: "admin", ownersLeft: 2 }, "yes"],
  ] as const;
  it.each(cases)("%o: %s", (facts, expected) => {
    const verdict = decideRoleChange(facts);
    expect(verdict.kind === "yes" ? "yes" : verdict.because).toBe(expected);
  });
});
