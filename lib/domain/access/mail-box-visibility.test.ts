import { describe, expect, it } from "vitest";
import { type MailBoxFacts, mailBoxVisibility } from "./mail-box-visibility";

const facts = (overrides: Partial<MailBoxFacts> = {}): MailBoxFacts => ({
  mailer: "box",
  isEmbedded: true,
  boundTo: "127.0.0.1",
  askedAs: "localhost:3000",
  clientIp: "127.0.0.1",
  isDirect: true,
  ...overrides,
});

describe("who may read the development box", () => {
  it.each<Partial<MailBoxFacts>>([
    {},
    { clientIp: "::1", boundTo: "::1", askedAs: "[::1]:3000" },
    { boundTo: "localhost", askedAs: "LOCALHOST" },
    { askedAs: "127.0.0.1:8080" },
  ])("whoever sits at the machine: %j", (overrides) =>
    expect(mailBoxVisibility(facts(overrides))).toEqual({ kind: "shown" }),
  );

  it.each<[Partial<MailBoxFacts>, string]>([
    [{ mailer: "smtp" }, "mail_goes_out"],
    [{ mailer: "resend" }, "mail_goes_out"],
    [{ isEmbedded: false }, "own_database"],
    [{ boundTo: "0.0.0.0" }, "listens_outside"],
    [{ boundTo: "::" }, "listens_outside"],
    [{ boundTo: "192.168.1.4" }, "listens_outside"],
    [{ isDirect: false }, "passed_on"],
    [{ clientIp: "192.168.1.4" }, "other_machine"],
    [{ clientIp: "128.0.0.1" }, "other_machine"],
    [{ clientIp: "127.0.0.1.evil.example" }, "other_machine"],
    [{ clientIp: "localhost" }, "other_machine"],
    [{ clientIp: "" }, "other_machine"],
    [{ clientIp: null }, "other_machine"],
    [{ askedAs: "evil.example" }, "other_name"],
    [{ askedAs: "evil.example:3000" }, "other_name"],
    [{ askedAs: "localhost.evil.example" }, "other_name"],
    [{ askedAs: "127.0.0.1.evil.example:3000" }, "other_name"],
    [{ askedAs: "localhost:3000@evil.example" }, "other_name"],
    [{ askedAs: "" }, "other_name"],
    [{ askedAs: null }, "other_name"],
  ])("nobody else: %j", (overrides, because) =>
    expect(mailBoxVisibility(facts(overrides))).toEqual({ kind: "hidden", because }),
  );
});
