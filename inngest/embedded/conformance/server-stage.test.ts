import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { behaviours } from "./behaviours";
import { makeScene } from "./scene";
import { serverStage } from "./server-stage";

/** The suite's way to a real server, as far as it can be walked without one: a stand-in that takes what a server takes. */
const taken: { path: string; authorization: string | undefined; body: unknown }[] = [];
const server = createServer((request, response) => {
  void textOf(request).then((text) => {
    const path = request.url ?? "";
    taken.push({ path, authorization: request.headers.authorization, body: JSON.parse(text || "null") });
    const answer = path.startsWith("/e/") ? { ids: ["01"], status: 200 } : { ok: true, modified: true };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
});
async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
const origin = ({ port }: AddressInfo) => `http://127.0.0.1:${port}`;
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("registers every function under its signing key, sends events under its event key, and refuses unsigned calls", async () => {
  const signingKey = `signkey-test-${"ab".repeat(32)}`;
  const stage = serverStage("stub", { url: origin(server.address() as AddressInfo), eventKey: "key", signingKey });
  const asked = behaviours.filter(({ onlyEmbedded }) => onlyEmbedded === undefined);
  const scenes = asked.map((_, i) => makeScene(stage, i + 1));
  const functions = asked.flatMap(({ play }, i) => play(scenes[i] as (typeof scenes)[number]).functions);
  await stage.open(functions);
  try {
    const [registered] = taken.splice(0);
    expect(registered?.path).toMatch(/^\/fn\/register/);
    expect(registered?.authorization).toMatch(/^Bearer signkey-test-[0-9a-f]{64}$/);
    const body = registered?.body as { url: string; functions: { id: string; triggers: unknown[] }[] };
    const ids = body.functions.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(functions.map((fn) => fn.id(stage.client.id))));
    expect(new Set(ids).size).toBe(ids.length);

    await scenes[0]?.send("go", { n: 1 });
    expect(taken.splice(0)).toMatchObject([
      { path: "/e/key", body: [{ name: scenes[0]?.event("go"), data: { n: 1 }, ts: expect.any(Number) }] },
    ]);

    const call = await fetch(`${body.url}?fnId=${ids[0]}&stepId=step`, { method: "POST", body: "{}" });
    expect(call.status).toBe(401);
    expect(scenes[0]?.effects()).toEqual([]);
  } finally {
    await stage.close();
  }
});
