import { sessionLife } from "@/lib/domain/access/session";
import { dayMs, hourMs } from "@/lib/kernel/time";

export type Arrival = { tone: "good" | "waiting" | "bad"; says: string };

const because: Record<string, string> = {
  idle: `You were signed out after ${sessionLife.idleMs / hourMs} hours without use. Sign in to go on.`,
  expired: `You were signed out because a session lasts ${sessionLife.absoluteMs / dayMs} days at most. Sign in to go on.`,
  session_over: "This session was ended. Sign in to go on.",
};

const done: Record<string, string> = {
  confirmed: "Your address is confirmed and the workspace is ready. Sign in to open it.",
  password: "Your password is changed, and all your sessions have ended. Sign in with the new one.",
  joined: "Your account is ready and you have joined. Sign in to go on.",
};

const errors: Record<string, string> = {
  unverified_address:
    "That account has no confirmed e-mail address, so it cannot say who you are. Confirm it there, or sign in with your e-mail address.",
  AccessDenied: "The other side did not let you in. Nothing was changed.",
};

/** Why one is here, where there is a reason. Only known words: a link must not put sentences into our mouth. */
export function arrivalOf(given: Record<string, string | string[] | undefined>): Arrival | null {
  const known = (table: Record<string, string>, word: string | string[] | undefined) =>
    typeof word === "string" && Object.hasOwn(table, word) ? table[word] : undefined;
  if (given.error !== undefined) {
    const says = known(errors, given.code) ?? known(errors, given.error);
    return { tone: "bad", says: says ?? "Signing in did not work. Try again, or take another way." };
  }
  const good = known(done, given.done);
  if (good) return { tone: "good", says: good };
  const waiting = known(because, given.because);
  return waiting ? { tone: "waiting", says: waiting } : null;
}
