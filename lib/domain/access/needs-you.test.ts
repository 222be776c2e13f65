import { describe, expect, it } from "vitest";
import { addMs, dayMs, hourMs, minuteMs } from "@/lib/kernel/time";
import { decideNeeds, type InvitationFacts, type KeyFacts, type NeedFacts } from "./needs-you";
import type { Role } from "./vocabulary";

const now = new Date("2026-11-20T14:12:00Z");
const ago = (ms: number) => addMs(now, -ms);

const settled: NeedFacts = {
  now,
  person: { role: "owner", hasSecondFactor: true },
  invitations: [],
  keys: [],
  workspace: {
    timeZone: "America/Port-au-Prince",
    currency: "HTG",
    postalAddress: "12 rue Pavée, Port-au-Prince",
    wasEverSaved: true,
  },
  audit: { firstBroken: null },
  failures: null,
  overdueTasks: null,
  dataRequests: null,
};
const facts = (overrides: Partial<NeedFacts>): NeedFacts => ({ ...settled, ...overrides });
const kinds = (overrides: Partial<NeedFacts>) => decideNeeds(facts(overrides)).map((need) => need.kind);

const invitation = (overrides: Partial<InvitationFacts> = {}): InvitationFacts => ({
  email: "fritznel@atelye-lakay.test",
  sentAt: ago(2 * dayMs),
  expiresAt: addMs(now, 5 * dayMs),
  mailProblem: null,
  ...overrides,
});
const key = (overrides: Partial<KeyFacts> = {}): KeyFacts => ({
  name: "Order desk sync",
  createdAt: ago(80 * dayMs),
  expiresAt: null,
  lastUsedAt: ago(hourMs),
  ...overrides,
});

describe("what needs a person", () => {
  it("is nothing in a settled workspace", () => {
    expect(decideNeeds(settled)).toEqual([]);
  });

  it("is nothing where the caller may do nothing about it", () => {
    expect(
      decideNeeds({
        now,
        person: null,
        invitations: null,
        keys: null,
        workspace: null,
        audit: null,
        failures: null,
        overdueTasks: null,
        dataRequests: null,
      }),
    ).toEqual([]);
  });

  it("is a run that failed, before what only waits", () => {
    const failures = { count: 2, name: "Check the audit log", at: ago(hourMs) };
    expect(kinds({ failures, keys: [key({ lastUsedAt: null })] })).toEqual(["runs_failed", "keys_unused"]);
    expect(kinds({ failures: { ...failures, count: 0 } })).toEqual([]);
  });

  it.each<[Role, boolean]>([
    ["owner", true],
    ["admin", true],
    ["marketer", false],
    ["approver", false],
    ["viewer", false],
  ])("asks %s for a second factor: %s", (role, asks) => {
    expect(kinds({ person: { role, hasSecondFactor: false } }).includes("second_factor_off")).toBe(asks);
    expect(kinds({ person: { role, hasSecondFactor: true } })).toEqual([]);
  });

  it("tells an invitation that waits from one whose mail was refused, and counts each once", () => {
    const refused = invitation({ email: "nobody@nowhere.test", mailProblem: "No such mailbox." });
    expect(decideNeeds(facts({ invitations: [invitation(), refused] }))).toEqual([
      { kind: "mail_refused", count: 1, email: "nobody@nowhere.test", because: "No such mailbox." },
      {
        kind: "invitations_wait",
        count: 1,
        email: "fritznel@atelye-lakay.test",
        sentAt: ago(2 * dayMs),
        expiresAt: addMs(now, 5 * dayMs),
      },
    ]);
  });

  it("names the invitation that ends first", () => {
    const soon = invitation({ email: "soon@atelye-lakay.test", expiresAt: addMs(now, hourMs) });
    const [need] = decideNeeds(facts({ invitations: [invitation(), soon, invitation()] }));
    expect(need).toMatchObject({ kind: "invitations_wait", count: 3, email: "soon@atelye-lakay.test" });
  });

  it.each<[string, Partial<KeyFacts>, string[]]>([
    ["never ends", {}, []],
    ["ends in 14 days and a minute", { expiresAt: addMs(now, 14 * dayMs + minuteMs) }, []],
    ["ends in 14 days", { expiresAt: addMs(now, 14 * dayMs) }, ["keys_expire"]],
    ["ends in an hour", { expiresAt: addMs(now, hourMs) }, ["keys_expire"]],
    ["was never used in 80 days", { lastUsedAt: null }, ["keys_unused"]],
    ["was never used, but made an hour ago", { lastUsedAt: null, createdAt: ago(hourMs) }, []],
    ["was never used since yesterday", { lastUsedAt: null, createdAt: ago(dayMs) }, ["keys_unused"]],
  ])("a key that %s", (_, overrides, expected) => {
    expect(kinds({ keys: [key(overrides)] })).toEqual(expected);
  });

  it("names the key that ends first and counts the others", () => {
    const [need] = decideNeeds(
      facts({
        keys: [
          key({ name: "Later", expiresAt: addMs(now, 10 * dayMs) }),
          key({ name: "First", expiresAt: addMs(now, dayMs), lastUsedAt: null, createdAt: ago(hourMs) }),
          key({ name: "Free" }),
        ],
      }),
    );
    expect(need).toEqual({
      kind: "keys_expire",
      count: 2,
      name: "First",
      expiresAt: addMs(now, dayMs),
      lastUsedAt: null,
    });
  });

  it.each([
    [
      { timeZone: "UTC", currency: "USD", postalAddress: null, wasEverSaved: false },
      "time_zone currency postal_address",
    ],
    [{ timeZone: "UTC", currency: "USD", postalAddress: "Here", wasEverSaved: true }, ""],
    [{ timeZone: "Europe/Paris", currency: "USD", postalAddress: "Here", wasEverSaved: false }, "currency"],
    [{ timeZone: "UTC", currency: "EUR", postalAddress: "Here", wasEverSaved: false }, "time_zone"],
    [{ timeZone: "Europe/Paris", currency: "EUR", postalAddress: "  ", wasEverSaved: true }, "postal_address"],
  ])("of the settings %j, open are: %s", (workspace, missing) => {
    const needs = decideNeeds(facts({ workspace }));
    expect(needs).toEqual(missing ? [{ kind: "settings_open", missing: missing.split(" ") }] : []);
  });

  it("puts what is broken before what ends, and what ends before what waits", () => {
    expect(
      kinds({
        audit: { firstBroken: 12 },
        person: { role: "admin", hasSecondFactor: false },
        invitations: [invitation(), invitation({ mailProblem: "Refused." })],
        keys: [key({ expiresAt: addMs(now, dayMs) }), key({ lastUsedAt: null })],
        workspace: { timeZone: "UTC", currency: "USD", postalAddress: null, wasEverSaved: false },
      }),
    ).toEqual([
      "audit_broken",
      "mail_refused",
      "keys_expire",
      "second_factor_off",
      "invitations_wait",
      "settings_open",
      "keys_unused",
    ]);
  });

  it("tells of requests about personal data, and whether the first is late", () => {
    const late = { count: 2, dueAt: addMs(now, -dayMs) };
    expect(decideNeeds(facts({ dataRequests: late }))).toEqual([{ kind: "data_requests_due", ...late, isLate: true }]);
    const soon = { count: 1, dueAt: addMs(now, dayMs) };
    expect(decideNeeds(facts({ dataRequests: soon }))).toEqual([{ kind: "data_requests_due", ...soon, isLate: false }]);
  });
});
