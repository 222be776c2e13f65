import { openapi } from "@/lib/http/openapi";
import { routes } from "../routes";

export const dynamic = "force-dynamic";

let document: string | undefined;

/** Public: what the API can do is no secret, and a generator must be able to read it. */
export function GET(): Response {
  document ??= JSON.stringify(openapi(routes));
  return new Response(document, {
    headers: { "content-type": "application/json; charset=utf-8", "access-control-allow-origin": "*" },
  });
}
