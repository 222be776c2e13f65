import { insertMailedLink } from "@/db/queries/access/mailed-links";
import { findPersonByEmail } from "@/db/queries/access/people";
import { asGate } from "@/db/system";
import { hashSecret, newToken } from "@/lib/domain/access/secrets";
import { addMs, minuteMs } from "@/lib/kernel/time";
import type { Call } from "../context";
import { limitMail } from "./request-sign-up";
import { boxAddress, type Letter, sendLetter } from "./system-mail";

const linkLifeMs = 20 * minuteMs;

const letters = {
  sign_in: (name: string): Omit<Letter, "action"> => ({
    subject: "Your link to sign in to Madan Sara",
    lines: [`Hello ${name},`, "Open this link within 20 minutes to sign in. It works once."],
    footer: "If you did not ask for it, ignore the letter.",
  }),
  reset_password: (name: string): Omit<Letter, "action"> => ({
    subject: "Choose a new password for Madan Sara",
    lines: [
      `Hello ${name},`,
      "Open this link within 20 minutes to choose a new password. All your sessions end with it.",
    ],
    footer: "If you did not ask for it, ignore the letter: your password stays as it is.",
  }),
};
const actions = {
  sign_in: { label: "Sign in", path: "/sign-in/link" },
  reset_password: { label: "Choose a password", path: "/reset-password" },
};

/**
 * Same answer for a known and an unknown address, in the same time: with a real provider nothing that depends on the
 * address happens before the answer. The box is awaited, because its letter is what a newcomer looks for next.
 */
export async function requestMailedLink(call: Call, purpose: "sign_in" | "reset_password", email: string) {
  await limitMail(call, email);
  const writing = writeLink(call, purpose, email);
  if (call.ports.mailer.kind === "box") await writing;
  else writing.catch(() => undefined);
  return { status: "sent_if_possible", box: boxAddress(call) } as const;
}

async function writeLink(call: Call, purpose: "sign_in" | "reset_password", email: string): Promise<void> {
  const person = await asGate((db) => findPersonByEmail(db, email));
  if (!person) return;
  const token = newToken();
  const tokenHash = hashSecret(token);
  const expiresAt = addMs(call.now(), linkLifeMs);
  await asGate((db) =>
    insertMailedLink(db, { tokenHash, purpose, email, personId: person.id, payload: {}, expiresAt }),
  );
  const action = { label: actions[purpose].label, path: `${actions[purpose].path}#${token}` };
  await sendLetter(call, email, { ...letters[purpose](person.name), action }, `${purpose}:${tokenHash}`);
}
