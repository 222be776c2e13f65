import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPhone } from "@/lib/providers/phone-numbers";
import { type DeclaredAttribute, judgeProfile, type ProfileFacts, type ProfileInput } from "./profile";
import { countryOfZone } from "./zone-country";

const attributes = new Map<string, DeclaredAttribute>([
  ["plan", { id: "a1", type: "text" }],
  ["size", { id: "a2", type: "number" }],
  ["vegan", { id: "a3", type: "boolean" }],
  ["born", { id: "a4", type: "date" }],
]);
const facts: ProfileFacts = { attributes, readPhone, country: "HT" };

const faultsOf = (input: ProfileInput, over: Partial<ProfileFacts> = {}) => {
  const judged = judgeProfile({ name: "Ann", ...input }, { ...facts, ...over });
  return judged.kind === "no" ? judged.faults : [];
};
const cleanOf = (input: ProfileInput, over: Partial<ProfileFacts> = {}) => {
  const judged = judgeProfile(input, { ...facts, ...over });
  if (judged.kind === "no") throw new Error(JSON.stringify(judged.faults));
  return judged.profile;
};

const bad: [what: string, input: ProfileInput, pointer: string, says: RegExp][] = [
  ["a name of 10,000 letters", { name: "x".repeat(10_000) }, "/name", /10000 characters; at most 200/],
  ["a NUL in a name", { name: "A\0nn" }, "/name", /NUL/],
  ["a NUL in an external id", { externalId: "a\0" }, "/external_id", /NUL/],
  ["half a character in an external id", { externalId: "a\ud800" }, "/external_id", /half a character/],
  ["half a character in a tag", { tags: ["fine", "a\ud800"] }, "/tags/1", /half a character/],
  ["half a character in a company", { company: "\udc00" }, "/company", /half a character/],
  ["a NUL deep in the metadata", { metadata: { a: [{ b: "\0" }] } }, "/metadata", /NUL/],
  ["a NUL in a key of the metadata", { metadata: { "a\0": 1 } }, "/metadata", /NUL/],
  ["an address without an @", { email: "josette" }, "/email", /no @/],
  ["a name around the address", { email: "Jo <jo@example.test>" }, "/email", /only the address/],
  ["an empty address", { email: " " }, "/email", /no address here/],
  ["letters for a phone", { phone: "call me" }, "/phone", /letters/],
  ["a number that nobody has", { phone: "+509 1" }, "/phone", /digits/],
  ["a language that is none", { locale: "not a language" }, "/locale", /such as fr-HT/],
  ["an attribute that nobody declared", { attributes: { colour: "blue" } }, "/attributes/colour", /declare it first/],
  ["an undeclared attribute with a slash", { attributes: { "a/b": 1 } }, "/attributes/a~1b", /declare it first/],
  ["a word for a number", { attributes: { size: "abc" } }, "/attributes/size", /must be a number/],
  ["a number in quotes", { attributes: { size: "38" } }, "/attributes/size", /must be a number/],
  ["a number without end", { attributes: { size: Number.POSITIVE_INFINITY } }, "/attributes/size", /must be a number/],
  ["a word for yes", { attributes: { vegan: "yes" } }, "/attributes/vegan", /true or false/],
  ["a number for a text", { attributes: { plan: 7 } }, "/attributes/plan", /must be a text/],
  ["the 30th of February", { attributes: { born: "1990-02-30" } }, "/attributes/born", /a day like/],
  ["a moment for a day", { attributes: { born: "1990-02-01T10:00:00Z" } }, "/attributes/born", /a day like/],
  ["a NUL in a text attribute", { attributes: { plan: "a\0" } }, "/attributes/plan", /NUL/],
  [
    "an empty account",
    { identities: [{ channel: "instagram", externalId: " " }] },
    "/identities/0/external_id",
    /empty/,
  ],
  [
    "a NUL in an account",
    { identities: [{ channel: "instagram", externalId: "\0" }] },
    "/identities/0/external_id",
    /NUL/,
  ],
];

describe("what cannot be written down", () => {
  it.each(bad)("%s is refused by its field", (_, input, pointer, says) => {
    const faults = faultsOf(input);
    expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
    expect(faults[0]?.message).toMatch(says);
  });

  it("is told all at once", () => {
    expect(faultsOf({ email: "x", phone: "y", locale: "?", attributes: { size: "z" } }).map((f) => f.pointer)).toEqual([
      "/locale",
      "/phone",
      "/email",
      "/attributes/size",
    ]);
  });

  it("is a person of whom nothing is said that tells them from others", () => {
    for (const input of [{}, { tags: ["vip"] }, { stage: "lead" as const }, { name: "\u200b" }, { email: null }]) {
      const judged = judgeProfile(input, facts);
      expect(judged).toMatchObject({
        kind: "no",
        faults: [{ pointer: "", message: expect.stringMatching(/says nobody/) }],
      });
    }
    expect(judgeProfile({ stage: "lead" }, { ...facts, isKnown: true }).kind).toBe("ok");
  });

  it("never throws, and never lets through what the database refuses", () => {
    const text = fc.string({ unit: "binary", maxLength: 30 });
    fc.assert(
      fc.property(
        fc.record({ name: text, externalId: text, company: text, locale: text, phone: text, email: text, plan: text }),
        ({ plan, ...input }) => {
          const judged = judgeProfile({ ...input, tags: [input.company], attributes: { plan } }, facts);
          if (judged.kind === "ok") expect(JSON.stringify(judged.profile)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("what is said of a person", () => {
  it("keeps absent and null apart", () => {
    expect(cleanOf({ name: "Ann", phone: null, attributes: { plan: null } })).toEqual({
      name: "Ann",
      phone: null,
      country: null,
      attributes: [{ attributeId: "a1", key: "plan", type: "text", value: null }],
    });
  });

  it("has one spelling", () => {
    expect(
      cleanOf({ name: " Jo\u200bsette \n Alcindor", email: "JO@Example.TEST", phone: "3412 3456", locale: "fr_ht" }),
    ).toEqual({
      name: "Josette Alcindor",
      email: "jo@example.test",
      phone: "+50934123456",
      country: "HT",
      locale: "fr-HT",
    });
  });

  it("keeps markup and letters that run from the right as text", () => {
    expect(cleanOf({ name: "<b>Ann</b>" }).name).toBe("<b>Ann</b>");
    expect(cleanOf({ name: "\u202eمحمد" }).name).toBe("محمد");
  });

  it("reads a number of home where the person is, else where the workspace is, else not at all", () => {
    expect(cleanOf({ phone: "06 12 34 56 78", locale: "fr-FR" }).phone).toBe("+33612345678");
    expect(cleanOf({ phone: "3412-3456" }).phone).toBe("+50934123456");
    expect(faultsOf({ phone: "3412-3456" }, { country: null })).toMatchObject([
      { pointer: "/phone", message: expect.stringContaining("+509 3412 3456") },
    ]);
  });

  it("knows a handle in one spelling, and leaves numbers and other channels as they are", () => {
    const spelled = (channel: "instagram" | "twitter" | "facebook", externalId: string) =>
      cleanOf({ identities: [{ channel, externalId }] }).identities?.[0]?.externalId;
    expect([spelled("instagram", " @Josette.A "), spelled("twitter", "Josette_A")]).toEqual(["josette.a", "josette_a"]);
    expect([spelled("instagram", "17841400000000000"), spelled("facebook", "Josette.A")]).toEqual([
      ...["17841400000000000", "Josette.A"],
    ]);
  });

  it("knows a WhatsApp account by its number in any spelling", () => {
    for (const externalId of ["50934123456", "+509 3412 3456", "+50934123456"])
      expect(cleanOf({ identities: [{ channel: "whatsapp", externalId }] }).identities).toEqual([
        { channel: "whatsapp", externalId: "+50934123456" },
      ]);
    expect(cleanOf({ identities: [{ channel: "instagram", externalId: "50934123456" }] }).identities).toEqual([
      { channel: "instagram", externalId: "50934123456" },
    ]);
  });

  it("takes an empty attribute for one that is taken away", () => {
    expect(cleanOf({ name: "Ann", attributes: { plan: "", size: 0, vegan: false } }).attributes).toMatchObject([
      { key: "plan", value: null },
      { key: "size", value: 0 },
      { key: "vegan", value: false },
    ]);
  });
});

describe("the country of a time zone", () => {
  it.each([
    ["America/Port-au-Prince", "HT"],
    ["Europe/Paris", "FR"],
    ["America/New_York", "US"],
    ["UTC", null],
    ["No/Such", null],
  ])("%s is %s", (zone, country) => expect(countryOfZone(zone)).toBe(country));
});
