import { encode } from "next-auth/jwt";
import { routes } from "@/app/api/v1/routes";
import { makeSession } from "@/db/factories/access";
import { env, publicUrl } from "@/lib/env";
import type { Handler, Segment, Verb } from "@/lib/http/route";
import { sessionCookie } from "@/lib/http/session-token";

export type CallOptions = {
  key?: string;
  cookie?: string;
  /** Sent as JSON; bytes are sent as the file that they are. */
  body?: unknown;
  /** Sent as it is, for bodies that are no JSON. */
  rawBody?: string;
  headers?: Record<string, string>;
};

/** The cookie of a signed-in person, with a session row behind it. */
export async function cookieOf(personId: string, overrides: Parameters<typeof makeSession>[1] = {}) {
  const { id, token } = await makeSession(personId, overrides);
  const name = sessionCookie();
  const value = await encode({ token: { sid: token }, secret: env.AUTH_SECRET, salt: name });
  return { cookie: `${name}=${value}`, sessionId: id, token };
}

/** The handler behind an address, as Next would find it: fixed segments win over `{id}`. */
function find(path: string): { params: Record<string, string>; module: (typeof routes)[number]["module"] } {
  const wanted = path.split("/");
  const matches = routes.flatMap((route) => {
    const parts = route.path.split("/");
    if (parts.length !== wanted.length) return [];
    const params: Record<string, string> = {};
    for (const [index, part] of parts.entries()) {
      const given = wanted[index] ?? "";
      if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(given);
      else if (part !== given) return [];
    }
    return [{ params, module: route.module }];
  });
  const best = matches.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
  if (!best) throw new Error(`There is no route for ${path}.`);
  return best;
}

/** Calls the real handler with a real request; what a browser would send beside the cookie is added. */
export async function callApi(
  verb: Verb | "OPTIONS",
  pathAndQuery: string,
  options: CallOptions = {},
): Promise<Response> {
  const url = new URL(pathAndQuery, publicUrl());
  const { params, module } = find(url.pathname);
  const handler = (module as Record<string, Handler>)[verb];
  if (!handler) throw new Error(`There is no ${verb} at ${url.pathname}.`);
  const headers = new Headers({ "x-client-ip": "203.0.113.7", ...options.headers });
  if (options.key) headers.set("authorization", `Bearer ${options.key}`);
  if (options.cookie) {
    headers.set("cookie", options.cookie);
    if (!headers.has("origin")) headers.set("origin", url.origin);
    if (!headers.has("sec-fetch-site")) headers.set("sec-fetch-site", "same-origin");
  }
  const isFile = options.body instanceof Uint8Array;
  const json = options.body === undefined || isFile ? undefined : JSON.stringify(options.body);
  const body = options.rawBody ?? (isFile ? Buffer.from(options.body as Uint8Array) : json);
  if (body !== undefined && !headers.has("content-type"))
    headers.set("content-type", isFile ? "text/csv" : "application/json");
  const request = new Request(url, { method: verb, headers, body });
  const segment: Segment = { params: Promise.resolve(params) };
  return handler(request, segment);
}

export const ownOrigin = () => ({ origin: new URL(publicUrl()).origin, "sec-fetch-site": "same-origin" });
