import type { Call } from "../context";
import { sendLetter } from "./system-mail";

/** Told by mail whichever way it happened, so that somebody else's change does not go unseen. */
export async function tellPasswordChanged(call: Call, email: string, occasion: string): Promise<void> {
  await sendLetter(
    call,
    email,
    {
      subject: "Your password was changed",
      lines: ["Hello,", "Your password at Madan Sara was changed, and all your other sessions have ended."],
      footer: "If it was not you, choose a new password at once by the link on the sign-in page.",
    },
    `password-changed:${occasion}`,
  );
}
