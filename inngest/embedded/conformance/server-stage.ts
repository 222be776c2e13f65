import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { silent } from "./embedded-stage";
import type { Stage } from "./scene";

/** A real server, which calls the same functions over HTTP. It must reach this machine; start it with `--retry-interval 1`. */
export function serverStage(run: string, at: { url: string; eventKey?: string; signingKey?: string }): Stage {
  const client = new Inngest({
    id: `suite-${run}`,
    baseUrl: at.url,
    eventKey: at.eventKey,
    signingKey: at.signingKey,
    isDev: at.signingKey === undefined,
    logger: silent,
    checkpointing: { maxRuntime: "50s" },
  });
  let server: Server | null = null;
  return {
    kind: "server",
    client,
    run,
    // The functions have to be registered before it begins.
    minute: new Date((Math.floor((Date.now() + 20_000) / 60_000) + 1) * 60_000),
    now: Date.now,
    patience: 5,
    async open(functions) {
      const listening = createServer();
      server = listening;
      await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
      const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
      listening.on("request", serve({ client, functions, serveOrigin: origin, servePath: "/api/inngest" }));
      const answer = await fetch(`${origin}/api/inngest`, { method: "PUT" });
      if (!answer.ok) throw new Error(`The server did not take the functions: ${answer.status} ${await answer.text()}`);
    },
    async close() {
      server?.closeAllConnections();
      await new Promise((resolve) => server?.close(resolve) ?? resolve(null));
    },
  };
}
