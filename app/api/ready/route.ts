import { readReadiness } from "@/db/readiness";
import { closingSignal } from "@/lib/kernel/closing";
import { ports } from "@/lib/ports";

export const dynamic = "force-dynamic";

/**
 * Whether requests should be sent here now: the database answers, its schema is this build's, somebody carries out what
 * requests leave to be done, and we are not leaving.
 */
export async function GET(): Promise<Response> {
  const { database, migrations, engine, suppressions } = await readReadiness(ports().hashes.fingerprint());
  const closing = closingSignal().aborted;
  const isReady =
    database === "reachable" &&
    migrations === "current" &&
    engine === "running" &&
    suppressions === "readable" &&
    !closing;
  const body = {
    status: isReady ? "ready" : "not_ready",
    database,
    migrations,
    engine,
    suppressions,
    closing,
  };
  return Response.json(body, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}
