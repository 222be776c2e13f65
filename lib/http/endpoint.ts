import { isAllowedOrigin } from "@/db/queries/access/workspaces";
import { asGate } from "@/db/system";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { failure } from "./failure";
import type { Handler, Segment, Verb } from "./route";

export type Handlers = Partial<Record<Verb, Handler>>;
type Exported = Record<Verb | "OPTIONS", (request: Request, segment: Segment) => Promise<Response>>;

const verbs: Verb[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** One address with its verbs: the verbs that are not there answer 405 in our own words, and OPTIONS answers browsers. */
export function endpoint(handlers: Handlers): Exported {
  const allow = [...verbs.filter((verb) => handlers[verb]), ...(handlers.GET ? ["HEAD"] : []), "OPTIONS"];
  const refuse = async (request: Request) =>
    failure(
      new AppError("method_not_allowed", `${request.method} is not possible here. Possible: ${allow.join(", ")}.`, {
        facts: { allow },
      }),
      request.headers.get("x-request-id") ?? `req_${uuidv7()}`,
    );
  const options = (request: Request) => preflight(request, allow);
  return {
    GET: handlers.GET ?? refuse,
    POST: handlers.POST ?? refuse,
    PUT: handlers.PUT ?? refuse,
    PATCH: handlers.PATCH ?? refuse,
    DELETE: handlers.DELETE ?? refuse,
    OPTIONS: options,
  };
}

/**
 * A preflight carries no key, so it cannot know the workspace: it says yes to an origin that some workspace allows, and
 * the call itself is then held to its own workspace's list.
 */
async function preflight(request: Request, allow: string[]): Promise<Response> {
  const headers = new Headers({ allow: allow.join(", "), vary: "origin", "cache-control": "no-store" });
  const origin = request.headers.get("origin");
  if (origin && origin !== "null" && (await asGate((db) => isAllowedOrigin(db, origin)))) {
    headers.set("access-control-allow-origin", origin);
    headers.set("access-control-allow-methods", allow.join(", "));
    headers.set("access-control-allow-headers", "authorization, content-type, idempotency-key, x-request-id");
    headers.set("access-control-max-age", "600");
  }
  return new Response(null, { status: 204, headers });
}
