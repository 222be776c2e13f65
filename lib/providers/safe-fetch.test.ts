import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { certificate, certificateKey } from "@/e2e/vendors/certificate";
import { createSafeFetch, parseAllowList, type Resolve, type SafeRequest } from "./safe-fetch";

const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const open: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  }
});

async function listen<S extends TcpServer>(server: S, host = "127.0.0.1", port = 0): Promise<number> {
  open.push(server);
  await new Promise<void>((ready) => server.listen(port, host, ready));
  return (server.address() as AddressInfo).port;
}
const plain = (handler: RequestListener) => listen(createServer(handler));
const tls = (handler: RequestListener) => listen(createTlsServer({ cert: certificate, key: certificateKey }, handler));

/** Fetches from a server on this machine, as the operator's list would let it. */
function go(port: number, request: SafeRequest = {}, path = "/") {
  return createSafeFetch({ allow: () => [`127.0.0.1:${port}`], resolve: async () => [] })(
    `http://127.0.0.1:${port}${path}`,
    request,
  );
}

describe("safeFetch", () => {
  it("brings back status, headers and body", async () => {
    const port = await plain((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.writeHead(201, { "x-one": "1", "set-cookie": ["a=1", "b=2"] });
        response.end(`${request.method} ${request.url} ${request.headers["x-in"]} ${Buffer.concat(chunks)}`);
      });
    });
    const answer = await go(port, { method: "POST", body: "hé", headers: { "x-in": "in" } }, "/a?b=c");
    expect(answer).toMatchObject({
      kind: "answered",
      status: 201,
      headers: { "x-one": "1", "set-cookie": "a=1, b=2" },
    });
    expect(answer.kind === "answered" && answer.body.toString()).toBe("POST /a?b=c in hé");
  });

  it("talks TLS to the name it was given, over the address it judged", async () => {
    let seen: { host?: string; name?: string | false | null } = {};
    const port = await tls((request, response) => {
      seen = { host: request.headers.host, name: (request.socket as { servername?: string }).servername };
      response.end("ok");
    });
    const asked: string[] = [];
    const fetchIt = createSafeFetch({
      allow: () => [`api.contract.test:${port}`, `other.test:${port}`, `127.0.0.1:${port}`],
      resolve: async (name) => {
        asked.push(name);
        return ["127.0.0.1"];
      },
      ca: certificate,
    });
    expect(await fetchIt(`https://api.contract.test:${port}/`)).toMatchObject({ kind: "answered", status: 200 });
    expect(seen).toEqual({ host: `api.contract.test:${port}`, name: "api.contract.test" });
    expect(asked).toEqual(["api.contract.test"]);
    expect(await fetchIt(`https://127.0.0.1:${port}/`)).toMatchObject({ kind: "answered" });
    // A certificate for another name is no certificate, and nothing was sent.
    expect(await fetchIt(`https://other.test:${port}/`)).toEqual({
      kind: "failed",
      because: "tls_failed",
      wasSent: false,
    });
  });

  it("trusts no certificate that the machine does not", async () => {
    const port = await tls((_, response) => response.end("ok"));
    const fetchIt = createSafeFetch({ allow: () => [`127.0.0.1:${port}`], resolve: async () => [] });
    expect(await fetchIt(`https://127.0.0.1:${port}/`)).toMatchObject({ because: "tls_failed", wasSent: false });
  });

  it("asks for the address once, so a name that answers differently the second time changes nothing", async () => {
    let hits = 0;
    const port = await plain((_, response) => {
      hits += 1;
      response.end("first");
    });
    const inner = createServer((_, response) => response.end("inner"));
    await listen(inner, "127.0.0.2", port);
    let asked = 0;
    const rebinding: Resolve = async () => (asked++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"]);
    const answer = await createSafeFetch({ allow: () => [`rebind.test:${port}`], resolve: rebinding })(
      `http://rebind.test:${port}/`,
    );
    expect(answer.kind === "answered" && answer.body.toString()).toBe("first");
    expect({ asked, hits }).toEqual({ asked: 1, hits: 1 });
  });

  it("connects to nothing that a name hides", async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await listen(server);
    const behind = (...addresses: string[]) =>
      createSafeFetch({ allow: () => [], resolve: async () => addresses })("https://nice.example.com/");
    expect(await behind("127.0.0.1")).toEqual({ kind: "refused", because: "private_address" });
    expect(await behind("93.184.216.34", "10.0.0.7")).toEqual({ kind: "refused", because: "private_address" });
    expect(await behind("::ffff:169.254.169.254")).toEqual({ kind: "refused", because: "private_address" });
    expect(await behind()).toEqual({ kind: "failed", because: "name_not_found", wasSent: false });
    expect(connections).toBe(0);
  });

  it("hands a redirect back instead of following it inside", async () => {
    let secret = 0;
    const inside = await plain((_, response) => {
      secret += 1;
      response.end("secret");
    });
    const port = await plain((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inside}/` });
      response.end();
    });
    expect(await go(port)).toMatchObject({ kind: "answered", status: 302 });
    expect(secret).toBe(0);
  });

  it("stops at the limit of the body, announced or not", async () => {
    const announced = await plain((_, response) => response.end(Buffer.alloc(5000)));
    expect(await go(announced, { maxBytes: 4999 })).toEqual({ kind: "failed", because: "too_large", wasSent: true });
    expect(await go(announced, { maxBytes: 5000 })).toMatchObject({ kind: "answered" });
    const endless = await plain((_, response) => {
      const more = () => response.write(Buffer.alloc(65_536), more);
      more();
    });
    expect(await go(endless, { maxBytes: 1_000_000 })).toMatchObject({ because: "too_large" });
  });

  it("unpacks, and stops a bomb at the same limit", async () => {
    const port = await plain((request, response) => {
      const [name = "", size = "0"] = (request.url ?? "").slice(1).split("/");
      const body = Buffer.alloc(Number(size), 120);
      response.writeHead(200, { "content-encoding": name });
      response.end(name === "br" ? brotliCompressSync(body, fast) : name === "gzip" ? gzipSync(body) : body);
    });
    for (const name of ["gzip", "br"]) {
      const answer = await go(port, {}, `/${name}/1000`);
      expect(answer.kind === "answered" && answer.body.length).toBe(1000);
      const before = process.memoryUsage().rss;
      expect(await go(port, {}, `/${name}/40000000`)).toMatchObject({ because: "too_large" });
      expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    }
    expect(await go(port, {}, "/gzip,gzip/10")).toMatchObject({ because: "not_readable" });
    expect(await go(port, {}, "/x-gzip/10")).toMatchObject({ because: "not_readable" });
  });

  it("gives up on a server that drips, that stays silent, and that never answers the handshake", async () => {
    const drip = await plain((_, response) => {
      response.write("a");
      const timer = setInterval(() => response.write("a"), 20);
      response.on("close", () => clearInterval(timer));
    });
    const started = Date.now();
    expect(await go(drip, { timeoutMs: 300 })).toEqual({ kind: "failed", because: "timed_out", wasSent: true });

    const silent = await listen(createTcpServer(() => {}));
    expect(await go(silent, { timeoutMs: 5000, firstByteTimeoutMs: 200 })).toMatchObject({
      because: "timed_out",
      wasSent: true,
    });
    const noHandshake = await createSafeFetch({ allow: () => [`127.0.0.1:${silent}`], resolve: async () => [] })(
      `https://127.0.0.1:${silent}/`,
      { connectTimeoutMs: 200 },
    );
    expect(noHandshake).toEqual({ kind: "failed", because: "timed_out", wasSent: false });

    const drippingHead = await listen(
      createTcpServer((socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        const timer = setInterval(() => socket.write("x-a: b\r\n"), 20);
        socket.on("close", () => clearInterval(timer)).on("error", () => {});
      }),
    );
    expect(await go(drippingHead, { timeoutMs: 300 })).toMatchObject({ because: "timed_out" });
    expect(Date.now() - started).toBeLessThan(3000);
  });

  it("gives up on a resolver that never answers", async () => {
    const fetchIt = createSafeFetch({ allow: () => [], resolve: () => new Promise(() => {}) });
    expect(await fetchIt("https://example.com/", { timeoutMs: 100 })).toEqual({
      kind: "failed",
      because: "timed_out",
      wasSent: false,
    });
  });

  it("says whether the other side may have got it", async () => {
    const free = await plain(() => {});
    await new Promise((closed) => open.splice(0)[0]?.close(closed));
    expect(await go(free)).toEqual({ kind: "failed", because: "unreachable", wasSent: false });

    const drop = await plain((request) => request.socket.destroy());
    expect(await go(drop)).toEqual({ kind: "failed", because: "cut_off", wasSent: true });
    const half = await plain((request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => request.socket.destroy());
    });
    expect(await go(half)).toEqual({ kind: "failed", because: "cut_off", wasSent: true });
    const noHttp = await listen(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    expect(await go(noHttp)).toMatchObject({ kind: "failed", because: "cut_off" });
  });

  it("goes on to the next judged address where the first cannot be reached", async () => {
    const port = await plain((_, response) => response.end("second"));
    const fetchIt = createSafeFetch({
      allow: () => [`two.test:${port}`],
      resolve: async () => ["127.0.0.9", "127.0.0.1"],
    });
    expect(await fetchIt(`http://two.test:${port}/`)).toMatchObject({ kind: "answered" });
  });

  it("sends no header that would be read as another one, and none that is the connection's", async () => {
    const port = await plain((_, response) => response.end());
    const bad: Record<string, string>[] = [
      { "x-a": "b\r\nx-evil: 1" },
      { "x-a\r\nx-evil": "1" },
      { Host: "evil.example" },
      { "transfer-encoding": "chunked" },
    ];
    for (const headers of bad)
      expect(await go(port, { headers })).toEqual({ kind: "refused", because: "header_not_allowed" });
  });

  it("stops when the caller does", async () => {
    const port = await plain(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await go(port, { signal: stop.signal })).toMatchObject({ kind: "failed", because: "stopped" });
  });

  it("leaves no connection open behind it", async () => {
    const server = createServer((_, response) => response.end("ok"));
    const port = await listen(server);
    for (let i = 0; i < 5; i++) await go(port);
    await new Promise((r) => setTimeout(r, 50));
    expect(await new Promise((count) => server.getConnections((_, n) => count(n)))).toBe(0);
  });

  it("reads the operator's list", () => {
    expect(parseAllowList(" Localhost:4010, [::1]:80 ,,")).toEqual(["localhost:4010", "[::1]:80"]);
  });
});
