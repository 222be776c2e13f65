import { headers } from "next/headers";
import { type MailBoxVisibility, mailBoxVisibility } from "@/lib/domain/access/mail-box-visibility";
import { env } from "@/lib/env";
import { ports } from "@/lib/ports";

/** Whether this request may read the development box. Our server wrote the x-client headers; a caller's own are removed. */
export async function mailBoxHere(): Promise<MailBoxVisibility> {
  const given = await headers();
  return mailBoxVisibility({
    mailer: ports().mailer.kind,
    isEmbedded: env.DATABASE_EMBEDDED,
    boundTo: env.HOST,
    askedAs: given.get("host"),
    clientIp: given.get("x-client-ip"),
    isDirect: given.get("x-client-direct") === "1",
  });
}

export async function isMailBoxOpen(): Promise<boolean> {
  return (await mailBoxHere()).kind === "shown";
}
