import { NextRequest } from "next/server";
import { publicUrl } from "@/lib/env";
import { auth } from "@/lib/http/auth";
import { failure } from "@/lib/http/failure";
import { requireOwnOrigin } from "@/lib/http/origin";
import { readBytes } from "@/lib/http/read-json";
import { AppError } from "@/lib/kernel/errors";

/** What signing in really sends fits many times; next-auth itself would read a body of any size into memory. */
const bodyLimit = 16 * 1024;
/** next-auth's own pages for these carry inline styles and no policy; ours stand in their place. */
const withoutPage = new Set(["signout", "verify-request"]);

export function GET(request: NextRequest): Promise<Response> {
  return answered(request, async () => {
    const action = request.nextUrl.pathname.split("/")[3] ?? "";
    if (withoutPage.has(action)) throw new AppError("not_found", "There is no such page.", { reason: "no_route" });
    return auth().handlers.GET(asOurs(request));
  });
}

/** Besides next-auth's own token: signing in or out must come from our own pages, or a stranger's page could sign you in as them. */
export function POST(request: NextRequest): Promise<Response> {
  return answered(request, async () => {
    requireOwnOrigin(request);
    return auth().handlers.POST(asOurs(request, await readBytes(request, bodyLimit)));
  });
}

/** Addresses in answers begin with our public address, whatever Host a caller or a proxy wrote. */
function asOurs(request: NextRequest, body?: Uint8Array<ArrayBuffer>): NextRequest {
  const { pathname, search } = request.nextUrl;
  const { method, headers } = request;
  return new NextRequest(new URL(pathname + search, publicUrl()), { method, headers, body });
}

async function answered(request: NextRequest, work: () => Promise<Response>): Promise<Response> {
  try {
    const { body, status, headers: given } = await work();
    // A redirect's own headers cannot be written to.
    const headers = new Headers(given);
    headers.set("cache-control", "private, no-store");
    return new Response(body, { status, headers });
  } catch (error) {
    return failure(error, request.headers.get("x-request-id") ?? "unknown");
  }
}
