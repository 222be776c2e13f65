import type { z } from "zod";
import { insertMailedLink } from "@/db/queries/access/mailed-links";
import { findPersonByEmail } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import type { SignUpRequest } from "@/lib/domain/access/shapes";
import { addMs, dayMs } from "@/lib/kernel/time";
import type { Call } from "../context";
import { checkPasswordChoice } from "./check-password-choice";
import { boxAddress, sendLetter } from "./system-mail";
import { countAttempts, refuseIfThrottled } from "./throttle";

/**
 * Asks for an account. The answer is the same whether or not the address is known: what differs is the letter, and only
 * the address's owner reads that. The account is made when the link is opened, so every address is a proven one.
 */
export async function requestSignUp(call: Call, request: z.output<typeof SignUpRequest>) {
  const { email, name, workspaceName } = request;
  checkPasswordChoice(call, request.password, [email, name, workspaceName], "/password");
  await limitMail(call, email);

  const passwordHash = await call.ports.passwords.hash(request.password);
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
    const payload = { name, workspaceName, passwordHash, timeZone: request.timeZone ?? null };
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
        lines: [`Hello ${name},`, `Open this link within a day and ${workspaceName} is ready.`],
        action: { label: "Confirm and open the workspace", path: `/sign-up/confirm#${token}` },
        footer: "If you did not ask for this, ignore the letter: without the link nothing happens.",
      },
      `sign-up:${hashSecret(token)}`,
    );
  }
  return { status: "sent_if_possible", box: boxAddress(call) } as const;
}

/** A stranger can make us write to anyone, so letters are counted per recipient and per sender's address. */
export async function limitMail(call: Call, email: string): Promise<void> {
  const attempts = [
    { kind: "mail", subject: email },
    { kind: "address", subject: `mail from ${call.ip ?? "unknown"}` },
  ] as const;
  await refuseIfThrottled([...attempts], call.now());
  await countAttempts([...attempts], call.now());
}
