import { publicUrl } from "@/lib/env";
import { AppError } from "@/lib/kernel/errors";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

export type OriginFacts = { method: string; origin: string | null; fetchSite: string | null; own: string };
export type OriginVerdict = { kind: "own" } | { kind: "foreign"; because: "missing" | "null" | "other" | "cross_site" };

/**
 * A cookie travels with whatever page makes the browser call, so a change made with one must come from our own pages.
 * The exact Origin counts; a missing one and "null" are refused, because both can be arranged from outside.
 */
export function judgeOrigin({ method, origin, fetchSite, own }: OriginFacts): OriginVerdict {
  if (fetchSite !== null && fetchSite !== "same-origin" && fetchSite !== "none") {
    // A link from elsewhere may open a page; it may not read or change data.
    if (!safeMethods.has(method) || fetchSite !== "same-site") return { kind: "foreign", because: "cross_site" };
  }
  if (safeMethods.has(method)) return { kind: "own" };
  if (origin === null) return { kind: "foreign", because: "missing" };
  if (origin === "null") return { kind: "foreign", because: "null" };
  return origin === own ? { kind: "own" } : { kind: "foreign", because: "other" };
}

export function requireOwnOrigin(request: Request): void {
  const own = new URL(publicUrl()).origin;
  const verdict = judgeOrigin({
    method: request.method,
    origin: request.headers.get("origin"),
    fetchSite: request.headers.get("sec-fetch-site"),
    own,
  });
  if (verdict.kind === "own") return;
  throw new AppError("forbidden", `This must come from a page of ${own}. Open the product at that address.`, {
    reason: `origin_${verdict.because}`,
  });
}
