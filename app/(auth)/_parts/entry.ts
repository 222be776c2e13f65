/** What next-auth's answer means. It always answers with an address; whether it went well stands in its query. */
export type Entry =
  | { kind: "in" }
  | { kind: "wait"; seconds: number }
  | { kind: "refused" }
  | { kind: "failed"; says: string };

const notNow = "Signing in did not work just now. Nothing is wrong with what you typed; try again in a moment.";

export function readEntry(address: unknown): Entry {
  if (typeof address !== "string" || !URL.canParse(address, "http://own.invalid"))
    return { kind: "failed", says: notNow };
  const { searchParams } = new URL(address, "http://own.invalid");
  const error = searchParams.get("error");
  if (!error) return { kind: "in" };
  // Anything but a refusal of what was typed is our fault, and must not read as a wrong password.
  if (error !== "CredentialsSignin") return { kind: "failed", says: notNow };
  const wait = /^wait_(\d{1,5})$/.exec(searchParams.get("code") ?? "")?.[1];
  return wait ? { kind: "wait", seconds: Math.max(1, Number(wait)) } : { kind: "refused" };
}

/** "17 s", "2 min 05 s": precise to the second, because someone looks at it until it ends. */
export function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
