import { createHash, createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import { type ContractServer, contractServer } from "./contract-server";

/**
 * An Inngest server as INNGEST.md records one: functions register with it, events are posted to it, and it calls functions
 * back with its signature. It carries nothing out by itself; the test says what it calls.
 */
export type InngestServer = ContractServer & {
  eventKey: string;
  signingKey: string;
  registered: { url: string; functions: { id: string }[] }[];
  /** Events it has taken, once per id. */
  events: Event[];
  /** Answers the next so many posts of events with 500. */
  refuseNext(times: number): void;
  call(url: string, functionId: string, options?: CallOptions): Promise<{ status: number; body: unknown }>;
};
type CallOptions = { event?: object; signature?: "right" | "none" | "wrong" | "expired" | "of another body" };

const Event = z.looseObject({
  id: z.string().optional(),
  name: z.string().min(1),
  data: z.looseObject({}),
  ts: z.number(),
});
type Event = z.output<typeof Event>;
const Registration = z.looseObject({
  url: z.url(),
  appName: z.literal("madan-sara"),
  functions: z.array(z.looseObject({ id: z.string(), triggers: z.array(z.unknown()).min(1) })).min(1),
});

export async function inngestServer(): Promise<InngestServer> {
  const eventKey = `evt-${randomUUID()}`;
  const hex = createHash("sha256").update(eventKey).digest("hex");
  const signingKey = `signkey-test-${hex}`;
  // What the SDK shows of its signing key: the hash of the bytes that the key spells.
  const bearer = `Bearer signkey-test-${createHash("sha256").update(Buffer.from(hex, "hex")).digest("hex")}`;
  const registered: InngestServer["registered"] = [];
  const events = new Map<string, Event>();
  let refusals = 0;

  const server = await contractServer((request, body, response) => {
    const say = (status: number, answer: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    const path = request.url?.split("?", 1)[0] ?? "";
    if (path === "/fn/register") {
      if (request.headers.authorization !== bearer) return void say(401, { error: "unauthorised" });
      const registration = Registration.safeParse(JSON.parse(body));
      if (!registration.success) return void say(400, { error: z.prettifyError(registration.error) });
      registered.push(registration.data);
      return void say(200, { ok: true, status: 200, skipped: false, modified: true });
    }
    if (path.startsWith("/e/")) {
      if (path !== `/e/${eventKey}`) return void say(401, { error: "Event key not found", status: 401 });
      if (refusals-- > 0) return void say(500, { error: "try again", status: 500 });
      const posted = z.array(Event).max(5_000).safeParse(JSON.parse(body));
      if (!posted.success) return void say(400, { error: z.prettifyError(posted.error), status: 400 });
      const ids = posted.data.map((event) => {
        const id = event.id ?? randomUUID();
        if (!events.has(id)) events.set(id, event);
        return id;
      });
      return void say(200, { ids, status: 200 });
    }
    say(404, { error: `no ${path}` });
  });

  return {
    ...server,
    eventKey,
    signingKey,
    registered,
    get events() {
      return [...events.values()];
    },
    refuseNext: (times: number) => {
      refusals = times;
    },
    call: async (url: string, functionId: string, { event, signature = "right" }: CallOptions = {}) => {
      const at = { data: {}, id: randomUUID(), name: "inngest/scheduled.timer", ts: Date.now(), ...event };
      const run = randomUUID();
      const ctx = {
        attempt: 0,
        disable_immediate_execution: false,
        fn_id: functionId,
        max_attempts: 3,
        qi_id: "q",
        run_id: run,
      };
      const body = canonical({
        ctx: { ...ctx, stack: { current: 0, stack: [] }, use_api: false },
        event: at,
        events: [at],
        steps: {},
        use_api: false,
        version: -1,
      });
      const seconds = Math.round(Date.now() / 1000) - (signature === "expired" ? 3_600 : 0);
      const signed = signature === "of another body" ? `${body} ` : body;
      const mac = createHmac("sha256", signature === "wrong" ? "another" : hex)
        .update(signed)
        .update(String(seconds));
      const headers = {
        "content-type": "application/json",
        ...(signature === "none" ? {} : { "x-inngest-signature": `t=${seconds}&s=${mac.digest("hex")}` }),
      };
      const answer = await fetch(`${url}?fnId=${functionId}&stepId=step`, { method: "POST", headers, body });
      const text = await answer.text();
      return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : null };
    },
  };
}

/** JSON with its keys in order: what is signed has to be written the same way by both. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}
