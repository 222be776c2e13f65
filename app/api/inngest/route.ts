import type { NextRequest } from "next/server";
import { engineMode } from "@/lib/domain/engine/engine-mode";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic";

type Handler = (request: NextRequest, segment: unknown) => Promise<Response>;

/**
 * Where an Inngest server calls our functions. It is there only where one is configured, and every call must carry that
 * server's signature; the embedded engine calls them in process and needs no door.
 */
const handlers = async () => {
  const [{ serve }, { inngest }, { functions }] = await Promise.all([
    import("inngest/next"),
    import("@/inngest/client"),
    import("@/inngest/functions"),
  ]);
  const serveOrigin = env.INNGEST_SERVE_ORIGIN ?? env.PUBLIC_URL;
  return serve({ client: inngest, functions, ...(serveOrigin ? { serveOrigin } : {}) });
};
let served: ReturnType<typeof handlers> | undefined;

const answer =
  (method: "GET" | "POST" | "PUT"): Handler =>
  async (request, segment) => {
    if (engineMode(env) !== "inngest")
      return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
    served ??= handlers();
    return ((await served)[method] as Handler)(request, segment);
  };

export const GET = answer("GET");
export const POST = answer("POST");
export const PUT = answer("PUT");
