import { type NextRequest, NextResponse } from "next/server";

/**
 * Before a page is rendered: the content security policy with a nonce of this request. Nothing is authorised here: every
 * page and every route asks for itself, so a slip in the matcher below opens no door.
 */
export function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const dev = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // A page of somebody's workspace must not be kept by anything between us and them.
  response.headers.set("cache-control", "private, no-store");
  return response;
}

export const config = { matcher: [{ source: "/((?!api/|_next/static/|icon\\.svg$).*)" }] };
