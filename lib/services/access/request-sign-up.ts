import type { z } from "zod";
import { insertMailedLink } from "@/db/queries/access/mailed-links";
import { findPersonByEmail } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import type { SignUpRequest } from "@/lib/domain/access/shapes";
import { truncateIp } from "@/lib/kernel/ip";
import { addMs, dayMs } from "@/lib/kernel/time";
import type { Call } from "../context";
import { boxAddress, sendLetter } from "./system-mail";
import { claimAttempt } from "./throttle";

/**
 * Asks for an account. The answer is the same whether or not the address is known: what differs is the letter, and only
 * the address's owner reads that. The account is made when the link is opened, so every address is a proven one.
 */
export async function requestSignUp(call: Call, request: z.output<typeof SignUpRequest>) {
  await limitMail(call, request.email);
  const writing = writeToAsker(call, request);
  // As with mailed links: with a real provider, nothing that depends on the address happens before the answer.
  if (call.ports.mailer.kind === "box") await writing;
  else writing.catch(() => undefined);
  return { status: "sent_if_possible", box: boxAddress(call) } as const;
}

async function writeToAsker(call: Call, request: z.output<typeof SignUpRequest>): Promise<void> {
  const { email, name, workspaceName } = request;
  const known = await asGate((db) => findPersonByEmail(db, email));
  const token = newToken();
  if (known) {
    await sendLetter(
      call,
      email,
      {
        subject: "You already have an account at Madan Sara",
        lines: [
          `Hello ${known.name},`,
          "Someone, perhaps you, asked to open an account with this address. You already have one.",
        ],
        action: { label: "Sign in", path: "/sign-in" },
        footer: "If it was not you, nothing was changed and there is nothing to do.",
      },
      `sign-up:${hashSecret(token)}`,
    );
  } else {
    const payload = { name, workspaceName, timeZone: request.timeZone ?? null };
    await asGate((db) =>
      insertMailedLink(db, {
        tokenHash: hashSecret(token),
        purpose: "sign_up",
        email,
        personId: null,
        payload,
        expiresAt: addMs(call.now(), dayMs),
      }),
    );
    await sendLetter(
      call,
      email,
      {
        subject: "Confirm your address to open Madan Sara",
        lines: [`Hello ${name},`, `Open this link within a day, choose a password, and ${workspaceName} is ready.`],
        action: { label: "Confirm the address", path: `/sign-up/confirm#${token}` },
        footer: "If you did not ask for this, ignore the letter: without the link nothing happens.",
      },
      `sign-up:${hashSecret(token)}`,
    );
  }
}

/** A stranger can make us write to anyone, so letters are counted per recipient and per sender's address. */
export async function limitMail(call: Call, email: string): Promise<void> {
  await claimAttempt(
    [
      { kind: "mail", subject: email },
      { kind: "address", subject: `mail from ${(call.ip && truncateIp(call.ip)) ?? "unknown"}` },
    ],
    call.now(),
  );
}
