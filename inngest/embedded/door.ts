import type { ClientOptions } from "inngest";
import { sdkLogger } from "../sdk-logger";
import { limits } from "./limits";

/** What the engine does for the SDK when it "calls out". */
type DoorHandlers = {
  /** Events that functions send. Throws BadEvent where one cannot be taken. */
  receive(events: unknown, seed: string | null): Promise<string[]>;
  /** Step results of a call that goes on. False: the call no longer holds its job and must stop. */
  checkpoint(body: unknown): Promise<boolean>;
};

export class BadEvent extends Error {
  constructor(
    readonly status: 400 | 413,
    message: string,
  ) {
    super(message);
    this.name = "BadEvent";
  }
}

export type EmbeddedDoor = {
  /** For `new Inngest({ id, ...door.clientOptions })`. */
  clientOptions: Omit<ClientOptions, "id">;
  open(handlers: DoorHandlers): void;
  close(): void;
};

/**
 * The SDK speaks HTTP to its engine. Here it is given a `fetch` that never leaves the process: its requests are answered by
 * the engine that runs beside it. The address cannot be resolved, so nothing can reach it by another way, and the client is
 * in production mode: development mode would switch signatures off.
 */
export function embeddedDoor(): EmbeddedDoor {
  let handlers: DoorHandlers | null = null;
  const answer = (status: number, body: object | null) =>
    new Response(body === null ? null : JSON.stringify(body), {
      status,
      headers: { "content-type": "application/json" },
    });

  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = input instanceof URL ? input : new URL(input instanceof Request ? input.url : input);
    if (handlers === null)
      return answer(503, { error: "The embedded engine does not run in this process. Say events with publish()." });
    const parsed = typeof init?.body === "string" ? parse(init.body) : undefined;
    if (url.pathname.startsWith("/e/")) {
      try {
        if (typeof init?.body === "string" && init.body.length > limits.requestLength)
          throw new BadEvent(
            413,
            `The events are more than ${limits.requestLength / 1024 / 1024} MB. Send them in portions.`,
          );
        const ids = await handlers.receive(parsed, new Headers(init?.headers).get("x-inngest-event-id-seed"));
        return answer(200, { ids, status: 200 });
      } catch (error) {
        if (!(error instanceof BadEvent)) throw error;
        return answer(error.status, { error: error.message, status: error.status });
      }
    }
    if (/^\/v1\/checkpoint\/[^/]+\/async$/.test(url.pathname)) {
      const isHeld = await handlers.checkpoint(parsed);
      return isHeld ? answer(200, null) : answer(409, { error: "This call no longer holds the run." });
    }
    if (url.pathname === "/fn/register") return answer(200, { ok: true, status: 200, modified: false });
    return answer(404, { error: `The embedded engine has no ${url.pathname}.` });
  };

  return {
    clientOptions: {
      isDev: false,
      baseUrl: "http://engine.invalid",
      eventKey: "embedded",
      // Never used to sign anything that leaves the process; production mode wants to see one.
      signingKey: `signkey-embedded-${"0".repeat(64)}`,
      aiMetadata: false,
      logger: sdkLogger,
      fetch: fetch as ClientOptions["fetch"],
    },
    open: (given) => {
      handlers = given;
    },
    close: () => {
      handlers = null;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
