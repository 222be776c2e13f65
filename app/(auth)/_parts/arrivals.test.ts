import { describe, expect, it } from "vitest";
import { arrivalOf } from "./arrivals";

describe("why one is at the sign-in page", () => {
  it("tells an idle session from one that is over", () => {
    expect(arrivalOf({ because: "idle" })?.says).toContain("12 hours without use");
    expect(arrivalOf({ because: "expired" })?.says).toContain("30 days");
    expect(arrivalOf({ because: "session_over" })?.tone).toBe("waiting");
    expect(arrivalOf({ done: "confirmed" })?.tone).toBe("good");
  });

  it("says a failed way in before anything else", () => {
    expect(arrivalOf({ error: "CredentialsSignin", code: "unverified_address" })?.says).toContain(
      "no confirmed e-mail",
    );
    expect(arrivalOf({ error: "Configuration", because: "idle" })).toMatchObject({ tone: "bad" });
  });

  it.each([
    {},
    { because: "no_session" },
    { because: "Call 555-0100" },
    { because: "constructor" },
    { done: ["password"] },
  ])("says nothing for %j", (given) => expect(arrivalOf(given)).toBeNull());
});
