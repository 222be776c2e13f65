import { createTransport } from "nodemailer";
import type { Mailer } from "@/lib/domain/access/ports";
import { faultOf, fingerprint, refused } from "./checked";

export type SmtpOptions = { url: string; from: string; timeoutMs?: number };

export function createSmtpMailer({ url, from, timeoutMs = 10_000 }: SmtpOptions): Mailer {
  const server = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(server.hostname);
  const transport = createTransport({
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs * 2,
    dnsTimeout: timeoutMs,
    // Nothing in a mail may name a file or an address that the server would then read.
    disableFileAccess: true,
    disableUrlAccess: true,
    // Where the network lies between us, a stripped STARTTLS must be an error. `?requireTLS=false` in SMTP_URL lifts it.
    requireTLS: server.protocol === "smtp:" && !isLocal,
    url,
  });
  const sender = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
  const domain = sender.split("@")[1] ?? "localhost";

  return {
    kind: "smtp",
    async send(mail) {
      const fault = faultOf(mail);
      if (fault) return fault;
      // SMTP knows no keys: a repeated mail at least carries the same id, and mailboxes show it once.
      const messageId = `<${fingerprint(mail)}@${domain}>`;
      try {
        await transport.sendMail({
          from,
          to: mail.to,
          envelope: { from: sender, to: [mail.to] },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId,
          headers: {
            "Auto-Submitted": "auto-generated",
            ...(/(^|\.)resend\.com$/.test(server.hostname) ? { "Resend-Idempotency-Key": fingerprint(mail) } : {}),
          },
        });
        return { kind: "accepted", id: messageId };
      } catch (error) {
        return outcomeOf(error as SmtpFault);
      }
    },
  };
}

type SmtpFault = { code?: string; responseCode?: number; command?: string };

/** RFC 5321: 4xx is "not now", 5xx is "not ever". Without an answer we do not know, and the same id goes again. */
function outcomeOf({ code, responseCode, command }: SmtpFault) {
  if (code === "EAUTH") return refused("sign_in_refused", false);
  if (code === "ETLS") return refused("no_encryption", false);
  if (responseCode !== undefined && responseCode >= 400) {
    const isLasting = responseCode >= 500;
    if (command === "RCPT TO") return refused(isLasting ? "recipient_refused" : "recipient_deferred", !isLasting);
    if (command === "MAIL FROM") return refused(isLasting ? "sender_refused" : "sender_deferred", !isLasting);
    return refused(isLasting ? "mail_refused" : "mail_deferred", !isLasting);
  }
  if (code === "ETIMEDOUT") return refused("timed_out", true);
  return refused("unreachable", true);
}
