import { createHash } from "node:crypto";
import type { Mail, MailOutcome } from "@/lib/domain/access/ports";

/**
 * A line break in a subject or an address would begin a header of its own, and a comma a second recipient. Both come from
 * what people typed (a workspace's name, an invitation's address), so they stop here whatever the provider does.
 */
export function faultOf(mail: Mail): Extract<MailOutcome, { kind: "refused" }> | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(mail.subject) || mail.subject.length > 500)
    return refused("bad_subject", false);
  if (mail.to.length > 320 || !/^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/.test(mail.to))
    return refused("bad_recipient", false);
  if (mail.idempotencyKey === "") return refused("no_idempotency_key", false);
  return null;
}

export const refused = (because: string, retriable: boolean) => ({ kind: "refused", because, retriable }) as const;

/** The same mail has the same fingerprint in every attempt, whatever its key is made of. */
export const fingerprint = (mail: Mail) => createHash("sha256").update(mail.idempotencyKey).digest("hex").slice(0, 40);
