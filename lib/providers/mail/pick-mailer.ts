import type { Mail, Mailer } from "@/lib/domain/access/ports";
import type { Env } from "@/lib/env";
import { createBoxMailer } from "./box";
import { createResendMailer } from "./resend";
import { createSmtpMailer } from "./smtp";

type MailSettings = Pick<Env, "SMTP_URL" | "RESEND_API_KEY" | "RESEND_BASE_URL" | "MAIL_FROM">;
type Box = { saveToBox(mail: Mail): Promise<{ id: string }> };

/** SMTP where set, else Resend where set, else the box. */
export function pickMailer(env: MailSettings, { saveToBox }: Box): Mailer {
  if (env.SMTP_URL) return createSmtpMailer({ url: env.SMTP_URL, from: env.MAIL_FROM });
  if (env.RESEND_API_KEY)
    return createResendMailer({ apiKey: env.RESEND_API_KEY, baseUrl: env.RESEND_BASE_URL, from: env.MAIL_FROM });
  return createBoxMailer(saveToBox);
}
