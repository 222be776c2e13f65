export const home = "/overview";

/** Pages that would only lead back here, and doors that are no pages. */
const noReturn = /^\/(api|sign-in|sign-up|forgot-password|reset-password)(\/|$)/;

/**
 * Where to go after signing in: a page of ours, or the overview. The address is typed or mailed by anybody, and browsers
 * read `//x`, `/\x` and `/<tab>/x` as another site, so what is not plainly a path of ours is not followed.
 */
export function nextPath(given: unknown): string {
  if (typeof given !== "string" || given.length > 2048) return home;
  if (!/^\/(?![/\\])/.test(given) || /[\p{Cc}\\]/u.test(given)) return home;
  const own = "http://own.invalid";
  if (!URL.canParse(given, own)) return home;
  const url = new URL(given, own);
  // `/..//x` is `//x` once its dots are resolved; `/%2F/x` is, once a server in between has decoded it.
  if (url.origin !== own || /^\/[/\\]/.test(url.pathname) || /^\/[/\\]/.test(decoded(url.pathname))) return home;
  return noReturn.test(url.pathname) ? home : url.pathname + url.search + url.hash;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "//";
  }
}

export function withNext(page: "/sign-in" | "/sign-in/code" | "/sign-up", next: string): string {
  return next === home ? page : `${page}?next=${encodeURIComponent(next)}`;
}

export type Search = Promise<Record<string, string | string[] | undefined>>;
