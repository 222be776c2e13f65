import { type Entry, readEntry } from "./entry";

type Credentials = "password" | "link" | "second-factor";

/** Signs in by next-auth's own door: it wants its token back, and answers with an address that says how it went. */
export async function enter(way: Credentials, given: Record<string, string>): Promise<Entry> {
  const answer = await post(`/api/auth/callback/${way}`, given);
  return typeof answer === "string" ? { kind: "failed", says: answer } : readEntry(answer.url);
}

/** To Google or GitHub, and from there back to `next`. Comes back only with what went wrong. */
export async function enterBy(provider: "google" | "github", next: string): Promise<Entry> {
  const answer = await post(`/api/auth/signin/${provider}`, { callbackUrl: next });
  if (typeof answer === "string") return { kind: "failed", says: answer };
  const entry = readEntry(answer.url);
  return entry.kind === "in" && typeof answer.url === "string" ? leaveTo(answer.url) : entry;
}

/** A whole new page, so that nothing of who was here before is left in memory. What called stays busy until then. */
export function leaveTo(address: string): Promise<never> {
  window.location.assign(address);
  return new Promise(() => {});
}

async function post(path: string, given: Record<string, string>): Promise<{ url: unknown } | string> {
  try {
    const { csrfToken } = (await ask("/api/auth/csrf")) as { csrfToken: string };
    return (await ask(path, new URLSearchParams({ ...given, csrfToken }))) as { url: unknown };
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    return "The server cannot be reached. Check the connection; what you typed is still here.";
  }
}

class Refusal extends Error {}

async function ask(path: string, form?: URLSearchParams): Promise<unknown> {
  const response = await fetch(path, {
    ...(form ? { method: "POST", body: form, headers: { "x-auth-return-redirect": "1" } } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  const json = (await response.json().catch(() => null)) as { detail?: unknown } | null;
  if (response.ok && json) return json;
  throw new Refusal(
    typeof json?.detail === "string" ? json.detail : "The server did not answer as it should. Try again in a moment.",
  );
}
