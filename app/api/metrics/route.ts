import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { isLoopbackIp } from "@/lib/http/incoming";
import { metrics } from "@/lib/metrics";

export const dynamic = "force-dynamic";

/** For Prometheus: with METRICS_TOKEN as a bearer, or, where none is set, from this machine only. */
export async function GET(request: Request): Promise<Response> {
  if (!mayRead(request.headers)) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  const { registry } = metrics();
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}

function mayRead(headers: Headers): boolean {
  if (env.METRICS_TOKEN) return isSame(headers.get("authorization") ?? "", `Bearer ${env.METRICS_TOKEN}`);
  // A proxy on this machine also comes from loopback, and speaks for anyone. The server sets both headers itself.
  return headers.get("x-client-direct") === "1" && isLoopbackIp(headers.get("x-client-ip") ?? "");
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
