import { describe, expect, it } from "vitest";
import { type Invited, whatNow } from "./what-now";

const invitation = (overrides: Partial<Invited> = {}): Invited => ({
  email: "fritznel@atelye-lakay.test",
  role: "marketer",
  workspaceName: "Atelye Lakay",
  invitedBy: "Kervens Augustin",
  state: "open",
  hasAccount: false,
  ...overrides,
});
const me = { kind: "in", email: "fritznel@atelye-lakay.test" } as const;

describe("what the page of an invitation offers", () => {
  it("lets the invited address join", () => expect(whatNow(invitation(), me)).toEqual({ kind: "join" }));

  it("does not let another address join, whatever accounts there are", () => {
    const other = { kind: "in", email: "claudine@atelye-lakay.test" } as const;
    for (const hasAccount of [true, false])
      expect(whatNow(invitation({ hasAccount }), other)).toEqual({ kind: "other_address", signedInAs: other.email });
  });

  it("sends someone with an account to sign in first, and someone new to make one", () => {
    expect(whatNow(invitation({ hasAccount: true }), { kind: "out" })).toEqual({ kind: "sign_in", isHalf: false });
    expect(whatNow(invitation(), { kind: "out" })).toEqual({ kind: "new" });
  });

  it("lets a sign-in that waits for its second step be finished first", () =>
    expect(whatNow(invitation({ hasAccount: true }), { kind: "half" })).toEqual({ kind: "sign_in", isHalf: true }));

  it.each(["accepted", "revoked", "expired"] as const)("offers nothing where it is %s", (state) => {
    for (const visitor of [me, { kind: "out" } as const, { kind: "half" } as const])
      expect(whatNow(invitation({ state }), visitor).kind).toBe("closed");
  });

  it("names whom to ask, even where nobody is known", () => {
    expect(whatNow(invitation({ state: "expired" }), me)).toMatchObject({
      says: "Ask Kervens Augustin to send it again.",
    });
    expect(whatNow(invitation({ state: "expired", invitedBy: null }), me)).toMatchObject({
      says: "Ask whoever invited you to send it again.",
    });
  });
});
