import type { Mail, Mailer } from "@/lib/domain/access/ports";
import { faultOf } from "./checked";

/** Where no mail provider is set up: the mail is kept and shown on the outbox page, and goes nowhere. */
export function createBoxMailer(saveToBox: (mail: Mail) => Promise<{ id: string }>): Mailer {
  return {
    kind: "box",
    async send(mail) {
      return faultOf(mail) ?? { kind: "accepted", id: (await saveToBox(mail)).id };
    },
  };
}
