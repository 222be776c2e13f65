import { describe, expect, it } from "vitest";
import type { SuppressionFact } from "./may-contact";
import { type SaidOnChannel, saidInFile } from "./said-in-file";

const now = new Date("2026-05-01T12:00:00Z");
const yes = { state: "granted", basis: "express", expiresAt: null } as const;
const stop = (given: Partial<SuppressionFact>): SuppressionFact => ({
  ...{ addressHash: "a", channel: "email", reason: "opt_out", scope: "topic", scopeKey: "marketing" },
  ...{ source: "person", since: now },
  ...given,
});
const said = (line: SaidOnChannel["line"], ...stops: SuppressionFact[]) =>
  saidInFile({ channel: "email", line, stops }, now);

describe("what a file says of somebody's consent", () => {
  it("is yes only where it was spoken and is not over", () => {
    expect(said(yes)).toBe("yes");
    expect(said({ ...yes, basis: "caller_asserted" })).toBeNull();
    expect(said({ ...yes, basis: "implied" })).toBeNull();
    expect(said({ ...yes, expiresAt: now })).toBeNull();
    expect(said({ ...yes, state: "pending" })).toBeNull();
    expect(said(null)).toBeNull();
  });

  it("is no where they said it, here or under another contact of their address", () => {
    expect(said({ state: "denied", basis: null, expiresAt: null })).toBe("no");
    expect(said(yes, stop({}))).toBe("no");
    expect(said(null, stop({ channel: "*", scope: "workspace", scopeKey: "" }))).toBe("no");
    expect(said(null, stop({ channel: "sms", reason: "complaint", scope: "global", scopeKey: "" }))).toBe("no");
  });

  it("is not made of one topic, another channel, or an address where nothing arrives", () => {
    expect(said(yes, stop({ scopeKey: "a-topic" }))).toBe("yes");
    expect(said(yes, stop({ channel: "sms" }))).toBe("yes");
    expect(said(yes, stop({ reason: "hard_bounce", scope: "global", scopeKey: "" }))).toBe("yes");
  });
});
