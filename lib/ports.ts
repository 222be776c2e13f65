import { insertMail } from "@/db/queries/access/mail-outbox";
import { asGate } from "@/db/system";
import type { Mail } from "@/lib/domain/access/ports";
import { env, publicUrl } from "@/lib/env";
import { uuidv7 } from "@/lib/kernel/ids";
import { createAddressHashes } from "@/lib/providers/address-hashes";
import { pickMailer } from "@/lib/providers/mail/pick-mailer";
import { createPasswords } from "@/lib/providers/passwords";
import { readPhone } from "@/lib/providers/phone-numbers";
import { open, seal } from "@/lib/providers/secret-box";
import { createSignedLinks } from "@/lib/providers/signed-links";
import type { Call, Ports } from "@/lib/services/context";

let wired: Ports | undefined;

/** The outside world, wired once: what verbs know as `ctx.ports`. */
export function ports(): Ports {
  wired ??= {
    mailer: pickMailer(env, { saveToBox }),
    passwords: createPasswords(),
    secrets: { seal, open },
    publicUrl: publicUrl(),
    phones: { read: readPhone },
    hashes: createAddressHashes(env),
    links: createSignedLinks(env),
  };
  return wired;
}

async function saveToBox(mail: Mail): Promise<{ id: string }> {
  const at = new Date();
  const id = uuidv7(at.getTime());
  await asGate((db) => insertMail(db, { ...mail, id, at }));
  return { id };
}

/** For commands at the shell: no request, the machine's clock. */
export function shellCall(): Call {
  return { now: () => new Date(), requestId: `cli_${uuidv7()}`, ip: null, userAgent: null, ports: ports() };
}
