import { Resend } from "resend";
import type { Mailer } from "@/lib/domain/access/ports";
import { faultOf, fingerprint, refused } from "./checked";

export type ResendOptions = { apiKey: string; baseUrl: string; from: string; timeoutMs?: number };

export function createResendMailer({ apiKey, baseUrl, from, timeoutMs = 10_000 }: ResendOptions): Mailer {
  const resend = new Resend(apiKey, { baseUrl });
  return {
    kind: "resend",
    async send(mail) {
      const fault = faultOf(mail);
      if (fault) return fault;
      const { to, subject, text, html, idempotencyKey } = mail;
      // The SDK sets no limit of its own.
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { data, error } = await resend.emails.send(
          { from, to, subject, text, html, headers: { "Auto-Submitted": "auto-generated" } },
          {
            // The vendor takes up to 256 characters and keeps them for 24 hours.
            idempotencyKey: idempotencyKey.length <= 256 ? idempotencyKey : fingerprint(mail),
            signal,
          },
        );
        // The SDK does not throw: it answers with an error, or (a body "null") with neither.
        if (error) return signal.aborted ? refused("timed_out", true) : outcomeOf(error);
        return data?.id ? { kind: "accepted", id: data.id } : refused("answer_not_readable", true);
      } catch {
        return refused("timed_out", true);
      }
    },
  };
}

type ResendFault = { name?: string; statusCode?: number | null };

/** With the same key a repeat is harmless for a day, so whatever is not a clear no may be tried again. */
function outcomeOf({ name, statusCode }: ResendFault) {
  switch (name) {
    case "rate_limit_exceeded":
    case "daily_quota_exceeded":
    case "concurrent_idempotent_requests":
      return refused(name, true);
    case "monthly_quota_exceeded":
    case "invalid_idempotent_request":
      return refused(name, false);
  }
  if (typeof statusCode !== "number") return refused("unreachable", true);
  if (statusCode >= 500) return refused("vendor_failed", true);
  if (statusCode === 401 || statusCode === 403) return refused("sign_in_refused", false);
  return refused(name ?? "mail_refused", statusCode === 408 || statusCode === 429);
}
