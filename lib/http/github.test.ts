import { describe, expect, it } from "vitest";
import { readGithubProfile } from "./github";

const profileOf = (emails: unknown, user: object = { id: 7, login: "nadege", email: "shown@example.test" }) =>
  readGithubProfile(async (path) => (path === "/user" ? user : emails));

describe("the address that GitHub vouches for", () => {
  it("is the primary one, where it was verified", async () => {
    const emails = [
      { email: "other@example.test", primary: false, verified: true },
      { email: "nadege@example.test", primary: true, verified: true },
    ];
    expect(await profileOf(emails)).toMatchObject({ id: 7, email: "nadege@example.test", email_verified: true });
  });

  it.each([
    ["an unverified primary one", [{ email: "victim@example.test", primary: true, verified: false }]],
    ["a word in place of yes", [{ email: "victim@example.test", primary: true, verified: "yes" }]],
    ["none at all", []],
    ["a refusal", { message: "Requires authentication" }],
  ])("is nobody's with %s, whatever the profile shows", async (_, emails) => {
    expect(await profileOf(emails)).toMatchObject({ email: null, email_verified: false });
  });
});
