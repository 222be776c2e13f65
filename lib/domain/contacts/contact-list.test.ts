import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uuidv7 } from "@/lib/kernel/ids";
import { readPlace, searchPatterns, writePlace } from "./contact-list";
import { findMatch } from "./find-match";
import { contactSorts } from "./shapes";

describe("a place in the list", () => {
  it("comes back from its cursor, in its own order only", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...contactSorts),
        fc.string(),
        fc.integer({ min: 0, max: 100 }),
        (sort, text, score) => {
          const name = text.replaceAll("\0", "");
          const row = { id: uuidv7(), name, score };
          const value = sort === "name" ? name : sort === "score" ? score : null;
          expect(readPlace(sort, writePlace(sort, row))).toEqual({ id: row.id, value });
          for (const other of contactSorts.filter((each) => each !== sort))
            expect(() => readPlace(other, writePlace(sort, row))).toThrow(/cursor/);
        },
      ),
    );
  });

  it("refuses what this list never answered", () => {
    for (const text of ["", "x", "bnVsbA", Buffer.from('["name","no id","x"]').toString("base64url")])
      expect(() => readPlace("name", text)).toThrow(/cursor/);
    expect(readPlace("name", undefined)).toBeNull();
  });
});

describe("the patterns of a search", () => {
  it.each([
    ["josette", ["%josette%"]],
    ["Jo Alcindor", ["% jo%", "%alcindor%"]],
    ["100%", ["%100\\%%"]],
    ["a_b\\c", ["%a\\_b\\\\c%"]],
    ["Élise", ["%elise%"]],
    ["3412-3456", ["%34123456%"]],
    [" ", []],
  ])("%j is looked for as %j", (query, patterns) => expect(searchPatterns(query)).toEqual(patterns));
});

describe("whom a profile means", () => {
  const known = (id: string, unnumbered: string | null = id) => ({ id, unnumbered });
  const directory = {
    externalIds: new Map([["x", known("by-number")]]),
    emails: new Map([
      ["a@b.c", known("by-mail")],
      ["shared@b.c", known("numbered", "free")],
      ["theirs@b.c", known("numbered", null)],
    ]),
    phones: new Map([
      ["+1", { ...known("by-phone"), mailless: known("without-mail") }],
      ["+2", { ...known("with-mail"), mailless: { id: null, unnumbered: null } }],
      ["+3", { ...known("with-mail"), mailless: { id: "numbered", unnumbered: null } }],
    ]),
    identities: new Map([["instagram 1", known("by-account")]]),
  };
  const keys = ["external_id", "email", "phone"] as const;
  it.each([
    [{ externalId: "x", email: "a@b.c", phone: "+1" }, "by-number"],
    [{ externalId: "new", email: "a@b.c", phone: "+1" }, "by-mail"],
    [{ phone: "+1" }, "by-phone"],
    [{ phone: "+1", email: "none@b.c" }, "without-mail"],
    [{ phone: "+2", email: "none@b.c" }, null],
    [{ phone: "+3", email: "none@b.c" }, "numbered"],
    [{ phone: "+3", email: "none@b.c", externalId: "new" }, null],
    [{ email: "shared@b.c" }, "numbered"],
    [{ externalId: "new", email: "shared@b.c" }, "free"],
    [{ externalId: "new", email: "theirs@b.c" }, null],
    [{ identities: [{ channel: "instagram" as const, externalId: "1" }] }, "by-account"],
    [{ name: "Ann" }, null],
  ])("%j is %s", (profile, id) => expect(findMatch(profile, keys, directory)).toBe(id));

  it("is looked up by the keys that are asked for only", () => {
    expect(findMatch({ externalId: "x", email: "a@b.c" }, ["email"], directory)).toBe("by-mail");
    expect(findMatch({ email: "a@b.c" }, [], directory)).toBeNull();
    const moved = { email: "none@b.c", phone: "+2" };
    expect(findMatch(moved, ["phone"], directory)).toBe("with-mail");
    expect(findMatch(moved, ["phone", "email"], directory)).toBe("with-mail");
  });
});
