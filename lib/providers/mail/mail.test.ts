import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ResendServer, resendServer } from "@/e2e/vendors/resend";
import { type SmtpContractServer, smtpServer } from "@/e2e/vendors/smtp";
import type { Mail, Mailer } from "@/lib/domain/access/ports";
import { createBoxMailer } from "./box";
import { pickMailer } from "./pick-mailer";
import { createResendMailer } from "./resend";
import { createSmtpMailer } from "./smtp";

const from = "Madan Sara <no-reply@example.com>";
let number = 0;
const mail = (given: Partial<Mail> = {}): Mail => ({
  to: "rose@example.com",
  subject: "Envitasyon pou Atelye Lakay — à bientôt",
  text: "Hello",
  html: "<p>Hello</p>",
  idempotencyKey: `key-${++number}`,
  ...given,
});

const forged: [string, Partial<Mail>][] = [
  ["a line break in the subject", { subject: "Hi\r\nBcc: all@example.com" }],
  ["a bare line feed in the subject", { subject: "Hi\nBcc: all@example.com" }],
  ["a line separator in the subject", { subject: "Hi\u2028Bcc: all@example.com" }],
  ["a subject without end", { subject: "x".repeat(5_000_000) }],
  ["a line break in the address", { to: "rose@example.com\r\nBcc: all@example.com" }],
  ["a second recipient", { to: "rose@example.com, all@example.com" }],
  ["a name before the address", { to: "Rose <rose@example.com>" }],
  ["a quoted local part", { to: '"a@b, c"@example.com' }],
  ["no address", { to: "" }],
];

describe("Resend", () => {
  let vendor: ResendServer;
  let mailer: Mailer;
  beforeAll(async () => {
    vendor = await resendServer();
    mailer = createResendMailer({ apiKey: vendor.apiKey, baseUrl: vendor.url, from, timeoutMs: 300 });
  });
  afterAll(() => vendor.close());

  it("hands over the mail as it is, with its key", async () => {
    const sent = mail();
    const outcome = await mailer.send(sent);
    const { id, ...email } = vendor.accepted.at(-1) ?? { id: "" };
    expect(outcome).toEqual({ kind: "accepted", id });
    expect(email).toMatchObject({
      from,
      to: [sent.to],
      subject: sent.subject,
      text: sent.text,
      html: sent.html,
      key: sent.idempotencyKey,
    });
  });

  it("sends once when the answer was lost and the mail goes again", async () => {
    const sent = mail({ to: "drop-after-accept@example.com" });
    expect(await mailer.send(sent)).toEqual({ kind: "refused", because: "unreachable", retriable: true });
    expect(await mailer.send(sent)).toMatchObject({ kind: "accepted" });
    expect(vendor.accepted.filter(({ key }) => key === sent.idempotencyKey)).toHaveLength(1);
  });

  it.each([
    ["401", "sign_in_refused", false],
    ["403", "sign_in_refused", false],
    ["409", "concurrent_idempotent_requests", true],
    ["422", "validation_error", false],
    ["429", "rate_limit_exceeded", true],
    ["quota", "daily_quota_exceeded", true],
    ["monthly", "monthly_quota_exceeded", false],
    ["451", "security_error", false],
    ["500", "vendor_failed", true],
    ["503", "vendor_failed", true],
    ["html502", "vendor_failed", true],
    ["html200", "unreachable", true],
    ["null200", "answer_not_readable", true],
    ["slow", "timed_out", true],
  ])("%s: %s", async (wish, because, retriable) => {
    expect(await mailer.send(mail({ to: `${wish}@example.com` }))).toEqual({ kind: "refused", because, retriable });
  });

  it("knows its own mistake: another mail under the same key", async () => {
    const sent = mail();
    await mailer.send(sent);
    expect(await mailer.send({ ...sent, subject: "Another" })).toEqual({
      kind: "refused",
      because: "invalid_idempotent_request",
      retriable: false,
    });
  });

  it("fits a long key into what the vendor takes", async () => {
    const sent = mail({ idempotencyKey: "k".repeat(1000) });
    const [first, second] = [await mailer.send(sent), await mailer.send(sent)];
    expect(first).toMatchObject({ kind: "accepted" });
    expect(second).toEqual(first);
  });

  it("says when the vendor is away, or the key is wrong", async () => {
    const away = createResendMailer({ apiKey: "re_1", baseUrl: "http://127.0.0.1:9", from });
    expect(await away.send(mail())).toEqual({ kind: "refused", because: "unreachable", retriable: true });
    const wrong = createResendMailer({ apiKey: "re_wrong", baseUrl: vendor.url, from });
    expect(await wrong.send(mail())).toEqual({ kind: "refused", because: "sign_in_refused", retriable: false });
  });

  it.each(forged)("sends nothing with %s", async (_, given) => {
    const before = vendor.requests.length;
    expect(await mailer.send(mail(given))).toMatchObject({ kind: "refused", retriable: false });
    expect(vendor.requests.length).toBe(before);
  });
});

describe("SMTP", () => {
  let vendor: SmtpContractServer;
  let mailer: Mailer;
  beforeAll(async () => {
    vendor = await smtpServer({ user: "user@x", pass: "p@ss:/" });
    mailer = createSmtpMailer({ url: vendor.url, from, timeoutMs: 300 });
  });
  afterAll(() => vendor.close());

  it("hands over the mail as it is, under an id that a repeat shares", async () => {
    const sent = mail();
    const outcome = await mailer.send(sent);
    expect(await mailer.send(sent)).toEqual(outcome);
    const [got, again] = vendor.received.slice(-2);
    expect(got).toMatchObject({ from: "no-reply@example.com", to: [sent.to] });
    const id = outcome.kind === "accepted" ? outcome.id : "";
    expect(id).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect(got?.raw).toContain(`Message-ID: ${id}`);
    expect(again?.raw).toContain(`Message-ID: ${id}`);
    expect(got?.raw).toContain("Auto-Submitted: auto-generated");
    expect(got?.raw).toContain("<p>Hello</p>");
  });

  it.each([
    ["550", "recipient_refused", false],
    ["451", "recipient_deferred", true],
    ["full", "mail_refused", false],
    ["slow", "timed_out", true],
  ])("%s: %s", async (wish, because, retriable) => {
    expect(await mailer.send(mail({ to: `${wish}@example.com` }))).toEqual({ kind: "refused", because, retriable });
  });

  it("says when the server is away, or the password is wrong", async () => {
    const away = createSmtpMailer({ url: "smtp://127.0.0.1:9", from });
    expect(await away.send(mail())).toEqual({ kind: "refused", because: "unreachable", retriable: true });
    const wrong = createSmtpMailer({ url: vendor.url.replace("p%40ss", "wrong"), from });
    expect(await wrong.send(mail())).toEqual({ kind: "refused", because: "sign_in_refused", retriable: false });
  });

  it("does not fall back to plain text where the server offers no encryption", async () => {
    const plain = await smtpServer();
    const strict = createSmtpMailer({ url: `${plain.url}?requireTLS=true`, from });
    expect(await strict.send(mail())).toMatchObject({ kind: "refused", because: "no_encryption" });
    expect(plain.received).toEqual([]);
    await plain.close();
  });

  it("trusts no certificate that the machine does not", async () => {
    const tls = await smtpServer({ offersTls: true });
    const strict = createSmtpMailer({ url: tls.url, from });
    expect(await strict.send(mail())).toMatchObject({ kind: "refused" });
    expect(tls.received).toEqual([]);
    await tls.close();
  });

  it.each(forged)("sends nothing with %s", async (_, given) => {
    const before = vendor.received.length;
    expect(await mailer.send(mail(given))).toMatchObject({ kind: "refused", retriable: false });
    expect(vendor.received.length).toBe(before);
  });

  it("reads no file that a mail names", async () => {
    const sent = mail({ html: '<img src="file:///etc/passwd"> {{path}}' });
    await mailer.send(sent);
    expect(vendor.received.at(-1)?.raw).not.toContain("root:");
  });
});

describe("choice", () => {
  const settings = {
    SMTP_URL: undefined,
    RESEND_API_KEY: undefined,
    RESEND_BASE_URL: "https://api.resend.com",
    MAIL_FROM: from,
  };
  const box = { saveToBox: async () => ({ id: "1" }) };

  it("takes SMTP, then Resend, then the box", () => {
    expect(pickMailer({ ...settings, SMTP_URL: "smtp://localhost", RESEND_API_KEY: "re_1" }, box).kind).toBe("smtp");
    expect(pickMailer({ ...settings, RESEND_API_KEY: "re_1" }, box).kind).toBe("resend");
    expect(pickMailer(settings, box).kind).toBe("box");
  });

  it("keeps in the box what would have been sent, and nothing else", async () => {
    const saved: Mail[] = [];
    const mailer = createBoxMailer(async (kept) => ({ id: String(saved.push(kept)) }));
    const sent = mail();
    expect(await mailer.send(sent)).toEqual({ kind: "accepted", id: "1" });
    expect(await mailer.send(mail({ subject: "a\r\nb" }))).toMatchObject({ kind: "refused" });
    expect(saved).toEqual([sent]);
  });
});
