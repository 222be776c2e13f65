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

/** Same answer for a known and an unknown address. The letter is written either way, so that the time is the same too. */
export async function requestMailedLink(call: Call, purpose: "sign_in" | "reset_password", email: string) {
  await limitMail(call, email);
  const person = await asGate((db) => findPersonByEmail(db, email));
  const token = newToken();
  if (person) {
    await asGate((db) =>
      insertMailedLink(db, {
        tokenHash: hashSecret(token),
        purpose,
        email,
        personId: person.id,
        payload: {},
        expiresAt: addMs(call.now(), linkLifeMs),
      }),
    );
    const action = { label: actions[purpose].label, path: `${actions[purpose].path}#${token}` };
    // Not awaited where a real provider is called: its answer would tell a known address from an unknown one by time.
    const sending = sendLetter(
      call,
      email,
      { ...letters[purpose](person.name), action },
      `${purpose}:${hashSecret(token)}`,
    );
    if (call.ports.mailer.kind === "box") await sending;
    else sending.catch(() => undefined);
  }
  return { status: "sent_if_possible", box: boxAddress(call) } as const;
}
