import { home, nextPath } from "./next-path";

/** Small things one page of signing in leaves for the next. Storage may be closed off; then they are simply not there. */
const email = "ms:sign-in:email";
const next = "ms:sign-in:next";
const invitation = "ms:invitation";
const linkLifeMs = 20 * 60_000;

function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

export const keepEmail = (address: string) => void quietly(() => sessionStorage.setItem(email, address));
export const keptEmail = () => quietly(() => sessionStorage.getItem(email)) ?? "";

/** A mailed link opens in another tab, so where one wanted to go is kept for all tabs, as long as the link lives. */
export function keepNext(path: string, now = Date.now()): void {
  quietly(() => {
    if (path === home) localStorage.removeItem(next);
    else localStorage.setItem(next, JSON.stringify({ path, until: now + linkLifeMs }));
  });
}

export function takeNext(now = Date.now()): string {
  const kept = quietly(() => JSON.parse(localStorage.getItem(next) ?? "null") as { path?: unknown; until?: unknown });
  quietly(() => localStorage.removeItem(next));
  return typeof kept?.until === "number" && kept.until > now ? nextPath(kept.path) : home;
}

/** While one signs in to accept, so that the token is in no address that a server sees. This tab only. */
export const keepInvitation = (token: string) => void quietly(() => sessionStorage.setItem(invitation, token));
export const keptInvitation = () => quietly(() => sessionStorage.getItem(invitation));
export const forgetInvitation = () => void quietly(() => sessionStorage.removeItem(invitation));
