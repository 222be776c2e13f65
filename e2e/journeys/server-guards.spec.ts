import { connect, createServer } from "node:net";
import { expect, test } from "@playwright/test";

/** What the server refuses before the framework sees it. Spoken over a bare socket: no client would send most of this. */
function speak(text: string, waitMs = 5000): Promise<{ answer: string; closed: boolean }> {
  const port = Number(new URL(test.info().project.use.baseURL ?? "").port);
  return new Promise((done) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    const timer = setTimeout(() => {
      socket.destroy();
      done({ answer, closed: false });
    }, waitMs);
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      done({ answer, closed: true });
    });
  });
}

const upgrade =
  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n";

for (const [what, extra] of [
  ["a plain request", ""],
  ["an upgrade", upgrade],
] as const) {
  test(`${what} to another machine's address is refused, and nothing is asked there (B3)`, async () => {
    let asked = 0;
    const elsewhere = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await new Promise<void>((done) => elsewhere.listen(0, "127.0.0.1", done));
    const address = elsewhere.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { answer, closed } = await speak(
      `GET http://127.0.0.1:${port}/latest HTTP/1.1\r\nHost: localhost\r\n${extra}\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(closed).toBe(true);
    expect(asked).toBe(0);
    elsewhere.close();
  });
}

test("an upgrade on a path that has none is closed, not left half open", async () => {
  const { answer, closed } = await speak(`GET /_next/hmr HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(closed).toBe(true);
});

test("headers beyond 16 KiB are refused", async () => {
  const { answer } = await speak(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
});

test("a request that never ends its headers is cut off (slow-loris)", async () => {
  const { answer, closed } = await speak("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: a", 30_000);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(closed).toBe(true);
});

test("a caller's sane request id is kept, another is replaced", async ({ request }) => {
  const kept = await request.get("/api/health", { headers: { "x-request-id": "trace-0123456789" } });
  expect(kept.headers()["x-request-id"]).toBe("trace-0123456789");
  const replaced = await request.get("/api/health", { headers: { "x-request-id": "<b>" } });
  expect(replaced.headers()["x-request-id"]).toMatch(/^req_[0-9a-f]{24}$/);
});

test("health, readiness and the older address answer; metrics answer this machine, but not through a proxy", async ({
  request,
}) => {
  for (const path of ["/api/health", "/health"]) {
    expect(await (await request.get(path)).json()).toMatchObject({ status: "ok", name: "madan-sara" });
  }
  const ready = await request.get("/api/ready");
  expect(ready.status()).toBe(200);
  expect(await ready.json()).toMatchObject({ database: "reachable", migrations: "current", engine: "running" });

  const metrics = await request.get("/api/metrics");
  expect(metrics.status()).toBe(200);
  expect(await metrics.text()).toContain('http_requests_total{route="/api/health",method="GET",status="200"}');
  const forwarded = await request.get("/api/metrics", {
    headers: { "x-forwarded-for": "203.0.113.7", "x-client-ip": "127.0.0.1", "x-client-direct": "1" },
  });
  expect(forwarded.status()).toBe(404);
});
