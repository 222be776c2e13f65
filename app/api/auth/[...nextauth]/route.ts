import type { NextRequest } from "next/server";
import { auth } from "@/lib/http/auth";
import { failure } from "@/lib/http/failure";
import { requireOwnOrigin } from "@/lib/http/origin";

export function GET(request: NextRequest): Promise<Response> {
  return auth().handlers.GET(request);
}

/** Besides next-auth's own token: signing in or out must come from our own pages, or a stranger's page could sign you in as them. */
export async function POST(request: NextRequest): Promise<Response> {
  try {
    requireOwnOrigin(request);
  } catch (error) {
    return failure(error, request.headers.get("x-request-id") ?? "unknown");
  }
  return auth().handlers.POST(request);
}
