import type { Instrumentation } from "next";

/** A surprise in a page or a route: logged with its cause here, while the caller is told nothing but a request id. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("./lib/log");
  const requestId = request.headers["x-request-id"];
  log().error(
    {
      error: error instanceof Error ? error : new Error(String(error)),
      request_id: Array.isArray(requestId) ? requestId[0] : requestId,
      method: request.method,
      path: request.path.split("?", 1)[0],
      route: context.routePath,
      kind: context.routeType,
    },
    "a page or route failed",
  );
};
