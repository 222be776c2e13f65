import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { basename } from "node:path";
import type { Duplex } from "node:stream";
import { inspect } from "node:util";
import next from "next";
import { closePools } from "@/db/client";
import { checkFunctions, startFunctions } from "@/inngest/start";
import { BadEnvironment, env } from "@/lib/env";
import { cleanHeaders, isAcceptableTarget, originOf, refusalOf, requestIdOf, routeNamer } from "@/lib/http/incoming";
import { beginClosing } from "@/lib/kernel/closing";
import { log } from "@/lib/log";
import { metrics, observeRequest } from "@/lib/metrics";
import { startTelemetry } from "@/lib/telemetry";

/**
 * The process that serves. It hosts Next, answers hot paths before it, guards what Next is given, and stops gracefully.
 * It and Next have separate module graphs: what both must share hangs on globalThis or is in PostgreSQL.
 */

/**
 * A path that must answer tens of thousands of times a second, and is therefore answered here instead of in a route
 * (43,000 requests/s against 2,500). It shares nothing with Next, does as little as possible per request, and batches.
 */
export type HotPath = {
  /** Its name in metrics. */
  route: string;
  matches(method: string, path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

const hotPaths: HotPath[] = [];

export type Running = {
  port: number;
  /** Resolves when nothing is left. Called again, it stops waiting for what is in flight. */
  stop(): Promise<void>;
};

const graceMs = 25_000;

export async function serve({ dev = false } = {}): Promise<Running> {
  // Reading one variable checks them all, before anything listens.
  const { PORT: port, HOST: hostname } = env;
  if (!dev) sendConsoleToLog();
  const telemetry = await startTelemetry();

  const server = createServer({
    keepAliveTimeout: 65_000,
    // Slow-loris: headers within 15 s, the whole request within 5 minutes, looked after every 5 s.
    headersTimeout: 15_000,
    requestTimeout: 300_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  });
  // Next registers its upgrade handling on this stand-in, so that it sees only the upgrades which pass our judgement.
  const upgrades = createServer();
  const app = next({ dev, port, hostname, httpServer: upgrades, dir: process.cwd() });
  await app.prepare();
  const handle = app.getRequestHandler();
  const nameOf = routeNamer(readRoutes(dev));

  let closing = false;
  let stopping: Promise<void> | undefined;
  let hurry = () => {};

  const sockets = new Set<Socket>();
  const upgraded = new Set<Duplex>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  server.on("request", (request, response) => {
    const began = performance.now();
    if (!isAcceptableTarget(request.url)) return refuse(response, 400);
    const requestId = requestIdOf(request.headers["x-request-id"], () => `req_${randomBytes(12).toString("hex")}`);
    const origin = originOf(request.headers, request.socket.remoteAddress, env.TRUSTED_PROXY_HOPS);
    cleanHeaders(request.headers, origin, requestId);
    response.setHeader("x-request-id", requestId);
    if (closing) response.setHeader("connection", "close");

    const method = request.method ?? "GET";
    const path = request.url.split("?", 1)[0] ?? "/";
    const refused = refusalOf(method, path, request.headers);
    if (refused !== null) return refuse(response, refused);
    const hot = hotPaths.find((candidate) => candidate.matches(method, path));
    metrics().inFlight.inc();
    response.once("close", () => {
      metrics().inFlight.dec();
      const ms = performance.now() - began;
      const finished = response.writableFinished;
      const { statusCode: status } = response;
      observeRequest({ route: hot?.route ?? nameOf(path), method, status, seconds: ms / 1000 });
      const line = { request_id: requestId, method, path, status, ms: Math.round(ms * 10) / 10, ip: origin.clientIp };
      const level = isNoise(path) ? "debug" : "info";
      // The query stays out: links carry tokens in it.
      log()[level](finished ? line : { ...line, aborted: true }, "request");
    });
    const answer = hot ? hot.handle(request, response) : handle(request, response);
    answer.catch((error: unknown) => {
      log().error({ error, request_id: requestId }, "a request failed outside every handler");
      refuse(response, 500);
    });
  });

  server.on("upgrade", (request, socket, head) => {
    // Only the development server's hot reload upgrades. Everything else is closed: Next would leave it half open, or
    // follow an absolute target to another machine.
    const known = dev && isAcceptableTarget(request.url) && request.url.startsWith("/_next/");
    // Next attaches its handling with the first request; until then the browser is told to come again.
    if (!known || upgrades.listenerCount("upgrade") === 0) {
      socket.on("error", () => {});
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", () => socket.destroy());
      return;
    }
    cleanHeaders(request.headers, originOf(request.headers, request.socket.remoteAddress, 0), "upgrade");
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    upgrades.emit("upgrade", request, socket, head);
  });

  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const status =
      { HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large", ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout" }[
        error.code ?? ""
      ] ?? "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  });

  await checkFunctions();
  await listening(server, port, hostname);
  const functions = startFunctions((server.address() as AddressInfo).port);

  async function stopInOrder(): Promise<void> {
    closing = true;
    beginClosing();
    // Calls of functions that are going on have as long as requests have; meanwhile nothing new is claimed.
    const idle = functions
      .stop(graceMs)
      .catch((error: unknown) => log().warn({ error }, "the engine did not stop cleanly"));
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeIdleConnections();
    for (const socket of upgraded) socket.destroy();
    // Connections that are kept alive become idle one by one while we wait.
    const sweep = setInterval(() => server.closeIdleConnections(), 200);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((done) => {
      timer = setTimeout(done, graceMs);
      hurry = done;
    });
    await Promise.race([Promise.all([closed, idle]), enough]);
    clearInterval(sweep);
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
    // Where time was up or somebody is in a hurry, what still goes on is given back for others to claim.
    await functions.stop(0).catch(() => {});
    await app.close();
    await closePools().catch((error: unknown) => log().warn({ error }, "a pool did not close"));
    await telemetry?.stop().catch(() => {});
  }

  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      if (stopping) hurry();
      stopping ??= stopInOrder();
      return stopping;
    },
  };
}

/**
 * Next and libraries speak through the console, with whole errors in it. In production that goes through the log, which
 * knows what must not be shown; stacks come from `onRequestError` with the request's id.
 */
function sendConsoleToLog(): void {
  const say =
    (level: "debug" | "warn" | "error") =>
    (...args: unknown[]) => {
      const words = args.map((arg) => {
        if (arg instanceof Error) return `${arg.name}: ${arg.message}`;
        return typeof arg === "string" ? arg : inspect(arg, { depth: 3, breakLength: Number.POSITIVE_INFINITY });
      });
      log()[level]({ source: "console" }, words.join(" ").trim());
    };
  Object.assign(console, {
    log: say("debug"),
    info: say("debug"),
    debug: say("debug"),
    warn: say("warn"),
    error: say("error"),
  });
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  response.writeHead(status, { ...headers, connection: "close", "content-length": "0" }).end();
}

function isNoise(path: string): boolean {
  return path.startsWith("/_next/") || ["/api/health", "/health", "/api/ready", "/api/metrics"].includes(path);
}

function readRoutes(dev: boolean) {
  const file = ".next/routes-manifest.json";
  return dev || !existsSync(file) ? {} : JSON.parse(readFileSync(file, "utf8"));
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      done();
    });
  });
}

/** Run by itself (a container, a service): DATABASE_URL and secrets come from the environment. */
async function main(): Promise<void> {
  try {
    const running = await serve({ dev: env.NODE_ENV === "development" });
    log().info({ port: running.port }, "serving");
    let asked = 0;
    const stop = (signal: NodeJS.Signals) => {
      const now = performance.now();
      // A terminal's Ctrl-C arrives twice where npm passes it on as well; only a later one means "hurry".
      if (asked > 0 && now - asked < 700) return;
      asked = now;
      log().info({ signal }, "stopping");
      void running.stop().then(() => process.exit(0));
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  } catch (error) {
    if (error instanceof BadEnvironment) {
      process.stderr.write(`${error.message}\n`);
      process.exit(78);
    }
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      process.stderr.write(`Port ${env.PORT} is taken by another program. Set PORT to another one.\n`);
      process.exit(1);
    }
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  }
}

if (/^server\.(ts|mjs)$/.test(basename(process.argv[1] ?? ""))) await main();
