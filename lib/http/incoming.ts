import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** What the server decides about a request before anything else sees it. Pure, so that every rule has its row in the test. */

/**
 * Only a path is a target. The absolute form (`GET http://169.254.169.254/`) belongs to proxies; a framework that takes
 * it for its own may be led to connect there.
 */
export function isAcceptableTarget(target: string | undefined): target is string {
  return target?.startsWith("/") === true && target.length <= 8192;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * The status of a request that goes no further, or null. The product has no server actions, so nothing that would make
 * the framework look for one, or unpack a body for it, is let through: that decoder has been broken more than once.
 */
export function refusalOf(method: string, path: string, headers: IncomingHttpHeaders): 400 | 403 | 405 | null {
  if (!methods.has(method)) return 405;
  if (!isDecodable(path)) return 400;
  if ("next-action" in headers) return 403;
  if (!path.startsWith("/api/") && /^\s*multipart\//i.test(headers["content-type"] ?? "")) return 403;
  return null;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Words that only the framework or our own server may say. A caller who sends them wants to be taken for one of both. */
const internalHeader =
  /^(x-middleware-|x-invoke-|x-next-|x-nextjs-|x-now-|x-vercel-|x-matched-path$|x-prerender-|next-resume$|x-client-|x-nonce$|x-path$|content-security-policy$)/;
/** Next's own browser code sends these. */
const fromTheBrowser = new Set(["x-nextjs-request-id", "x-nextjs-html-request-id", "x-nextjs-data"]);
const forwardingHeader = /^(x-forwarded-|forwarded$|x-real-ip$|true-client-ip$|cf-connecting-ip$|x-original-)/;

export type Origin = { clientIp: string; direct: boolean; proto: "http" | "https"; host: string | undefined };

/** Where a request comes from, as far as the trusted proxies vouch for it. */
export function originOf(headers: IncomingHttpHeaders, socketAddress: string | undefined, trustedHops: number): Origin {
  const socketIp = plainIp(socketAddress ?? "") ?? "0.0.0.0";
  const direct = !Object.keys(headers).some((name) => forwardingHeader.test(name));
  if (trustedHops === 0) return { clientIp: socketIp, direct, proto: "http", host: undefined };
  // Each proxy appends whom it heard from, so the entries from the right are the trustworthy ones.
  const chain = listOf(headers["x-forwarded-for"]);
  const vouched = chain[chain.length - trustedHops];
  return {
    clientIp: plainIp(vouched ?? "") ?? socketIp,
    direct,
    proto: listOf(headers["x-forwarded-proto"]).at(-1)?.toLowerCase() === "https" ? "https" : "http",
    host: sane(listOf(headers["x-forwarded-host"]).at(-1)),
  };
}

/** The headers the application sees: internal words removed, forwarding headers replaced by what is known to be so. */
export function cleanHeaders(headers: IncomingHttpHeaders, origin: Origin, requestId: string): void {
  for (const name of Object.keys(headers)) {
    if (forwardingHeader.test(name) || (internalHeader.test(name) && !fromTheBrowser.has(name))) delete headers[name];
  }
  headers["x-request-id"] = requestId;
  headers["x-client-ip"] = origin.clientIp;
  headers["x-client-direct"] = origin.direct ? "1" : "0";
  headers["x-forwarded-for"] = origin.clientIp;
  headers["x-forwarded-proto"] = origin.proto;
  const host = origin.host ?? headers.host;
  if (host) headers["x-forwarded-host"] = host;
}

/** A caller's own id is kept where it is harmless, so that both sides find the same request. */
export function requestIdOf(given: string | string[] | undefined, make: () => string): string {
  const first = Array.isArray(given) ? given[0] : given;
  return first && /^[A-Za-z0-9][A-Za-z0-9._-]{7,99}$/.test(first) ? first : make();
}

function listOf(value: string | string[] | undefined): string[] {
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Without port, brackets, zone and the IPv4-in-IPv6 form; null where it is no address at all. */
export function plainIp(text: string): string | null {
  let ip = text.trim().replace(/^"|"$/g, "");
  ip = /^\[([^\]]+)\](:\d+)?$/.exec(ip)?.[1] ?? ip;
  ip = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(ip)?.[1] ?? ip;
  ip = ip.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(ip) === 0 ? null : ip.toLowerCase();
}

function sane(host: string | undefined): string | undefined {
  return host && /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/.test(host) ? host : undefined;
}

export function isLoopbackIp(ip: string): boolean {
  return ip === "::1" || ip.startsWith("127.");
}

type RouteList = {
  staticRoutes?: { page: string }[];
  dynamicRoutes?: { page: string; regex: string }[];
};

/** Names the pattern of a path from the framework's own list, for metrics; what is unknown shares one name. */
export function routeNamer(list: RouteList): (path: string) => string {
  const fixed = new Set((list.staticRoutes ?? []).map((route) => route.page));
  const dynamic = (list.dynamicRoutes ?? []).map((route) => ({ page: route.page, pattern: new RegExp(route.regex) }));
  return (path) => {
    if (path.startsWith("/_next/")) return "/_next";
    if (fixed.has(path)) return path;
    return dynamic.find((route) => route.pattern.test(path))?.page ?? "unknown";
  };
}
