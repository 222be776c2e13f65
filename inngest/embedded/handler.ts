import { type Inngest, InngestCommHandler, type InngestFunction } from "inngest";
import type { Answer } from "./protocol";

type Request = { method: "POST" | "PUT"; url: URL; headers: Record<string, string>; body: unknown };

/**
 * The SDK's own request handler, called in process: the same code that answers a real server, without a socket, a copy of
 * the body or a signature (nobody else can reach it).
 */
export function embeddedHandler(client: Inngest.Any, functions: readonly InngestFunction.Any[]) {
  const handle = new InngestCommHandler({
    frameworkName: "embedded",
    client,
    functions: [...functions],
    skipSignatureValidation: true,
    handler: (request: Request) => ({
      body: () => request.body as string,
      headers: (name: string) => request.headers[name.toLowerCase()] ?? null,
      // Ours, and empty: the SDK would walk through the whole environment with every request.
      env: () => ({}),
      method: () => request.method,
      url: () => request.url,
      transformResponse: (answer) => answer as Answer,
    }),
  }).createHandler() as (request: Request) => Promise<Answer>;
  const base = "http://engine.invalid/api/inngest";

  return {
    /** What the functions say of themselves. */
    async sync(): Promise<{ id: string }[]> {
      const answer = await handle({
        method: "PUT",
        url: new URL(base),
        headers: { "x-inngest-sync-kind": "in_band" },
        body: { url: base },
      });
      if (answer.status !== 200) throw new Error(`The functions could not be read: ${answer.body}`);
      return (JSON.parse(answer.body) as { functions: { id: string }[] }).functions;
    },

    call(functionId: string, stepId: string, runId: string, body: unknown): Promise<Answer> {
      const url = new URL(base);
      url.searchParams.set("fnId", functionId);
      url.searchParams.set("stepId", stepId === "" ? "step" : stepId);
      const headers = { "x-request-id": runId, "x-run-id": runId, "content-type": "application/json" };
      return handle({ method: "POST", url, headers, body });
    },
  };
}
export type EmbeddedHandler = ReturnType<typeof embeddedHandler>;
