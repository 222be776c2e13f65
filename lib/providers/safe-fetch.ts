import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { env } from "@/lib/env";
import { type AddressRefusal, judgeResolved, judgeUrl } from "@/lib/kernel/address";

/**
 * The one way out. An address that came from a person, a program or a message is fetched with this and nothing else: it
 * is judged, its name is resolved once, every answer is judged, and the connection goes to the very address that was
 * judged. Redirects are handed back, never followed.
 */
export type SafeRequest = {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** From the name's resolution to the last byte. */
  timeoutMs?: number;
  connectTimeoutMs?: number;
  firstByteTimeoutMs?: number;
  /** Of the answer, on the wire and unpacked. */
  maxBytes?: number;
  signal?: AbortSignal;
};

export type SafeAnswer =
  | { kind: "answered"; status: number; headers: Record<string, string>; body: Buffer }
  | { kind: "refused"; because: AddressRefusal | "header_not_allowed" }
  /** `wasSent` is false only where it is certain that the other side got nothing: then, and only then, repeating is safe. */
  | { kind: "failed"; because: TransportFailure; wasSent: boolean };

export type TransportFailure =
  | "name_not_found"
  | "unreachable"
  | "tls_failed"
  | "timed_out"
  | "cut_off"
  | "too_large"
  | "not_readable"
  | "stopped";

/** The addresses behind a name. A name without one is an empty list, not an error. */
export type Resolve = (name: string) => Promise<string[]>;

export type FetchPlan =
  | { kind: "refuse"; because: AddressRefusal }
  | { kind: "go"; url: URL; host: string; port: number; isIp: boolean; addresses: string[] };

/** The whole decision, without a connection. */
export async function planFetch(
  text: string,
  { allow, resolve }: { allow: readonly string[]; resolve: Resolve },
): Promise<FetchPlan> {
  const verdict = judgeUrl(text, allow);
  if (verdict.kind === "refuse") return verdict;
  const { url, host, port, isIp } = verdict;
  const addresses = isIp ? [host] : await resolve(host);
  if (verdict.isAllowListed) {
    if (addresses.length === 0) return { kind: "refuse", because: "name_not_found" };
  } else {
    const judged = judgeResolved(addresses);
    if (judged.kind === "refuse") return judged;
  }
  return { kind: "go", url, host, port, isIp, addresses };
}

type Outside = { allow: () => readonly string[]; resolve: Resolve; ca?: string };

export function createSafeFetch({ allow, resolve, ca }: Outside) {
  return async (text: string, request: SafeRequest = {}): Promise<SafeAnswer> => {
    if (!areHeadersAllowed(request.headers)) return { kind: "refused", because: "header_not_allowed" };
    const deadline = AbortSignal.timeout(request.timeoutMs ?? 10_000);
    const ended = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    const gaveUp = (wasSent: boolean): SafeAnswer => ({
      kind: "failed",
      because: request.signal?.aborted ? "stopped" : "timed_out",
      wasSent,
    });

    let plan: FetchPlan;
    try {
      plan = await Promise.race([planFetch(text, { allow: allow(), resolve }), rejectOn(ended)]);
    } catch {
      return ended.aborted ? gaveUp(false) : { kind: "failed", because: "name_not_found", wasSent: false };
    }
    if (plan.kind === "refuse") {
      // That a name has no address is the network's news, not our refusal, and may be over in a minute.
      return plan.because === "name_not_found"
        ? { kind: "failed", because: "name_not_found", wasSent: false }
        : { kind: "refused", because: plan.because };
    }
    let answer: SafeAnswer = { kind: "failed", because: "unreachable", wasSent: false };
    for (const address of plan.addresses.slice(0, 3)) {
      if (ended.aborted) return gaveUp(false);
      answer = await exchange(plan, address, request, ended, gaveUp, ca);
      // The next address only where this one could not even be reached.
      if (answer.kind !== "failed" || answer.because !== "unreachable" || answer.wasSent) return answer;
    }
    return answer;
  };
}

type Going = Extract<FetchPlan, { kind: "go" }>;

function exchange(
  plan: Going,
  address: string,
  request: SafeRequest,
  ended: AbortSignal,
  gaveUp: (wasSent: boolean) => SafeAnswer,
  ca: string | undefined,
): Promise<SafeAnswer> {
  const { url } = plan;
  const isTls = url.protocol === "https:";
  const total = request.timeoutMs ?? 10_000;
  const options: RequestOptions & { servername?: string; ca?: string } = {
    // The judged address itself: there is no second resolution that could answer differently.
    host: address,
    port: plan.port,
    path: `${url.pathname}${url.search}`,
    method: request.method ?? "GET",
    agent: false,
    maxHeaderSize: 16 * 1024,
    headers: {
      "user-agent": "MadanSara/1.0",
      "accept-encoding": "gzip, br",
      ...request.headers,
      host: url.host,
      ...(request.body === undefined ? {} : { "content-length": String(Buffer.byteLength(request.body)) }),
    },
    // Node checks the certificate against the name; an address in the URL is checked against the certificate's addresses.
    ...(isTls ? { servername: plan.isIp ? "" : plan.host, ca } : {}),
  };

  return new Promise((done) => {
    let isConnected = false;
    let isSecured = !isTls;
    let settled = false;
    const timers: NodeJS.Timeout[] = [];
    const finish = (answer: SafeAnswer) => {
      if (settled) return;
      settled = true;
      for (const timer of timers) clearTimeout(timer);
      ended.removeEventListener("abort", onEnd);
      outgoing.destroy();
      done(answer);
    };
    const fail = (because: TransportFailure, wasSent: boolean) => finish({ kind: "failed", because, wasSent });
    const mayHaveBeenSent = () => isConnected && isSecured;
    const onEnd = () => finish(gaveUp(mayHaveBeenSent()));

    const outgoing = (isTls ? httpsRequest : httpRequest)(options);
    ended.addEventListener("abort", onEnd, { once: true });
    if (ended.aborted) return onEnd();

    const connecting = setTimeout(
      () => fail(isConnected ? "timed_out" : "unreachable", false),
      Math.min(request.connectTimeoutMs ?? 5_000, total),
    );
    timers.push(connecting);
    const connected = () => {
      clearTimeout(connecting);
      timers.push(setTimeout(() => fail("timed_out", true), Math.min(request.firstByteTimeoutMs ?? total, total)));
    };
    outgoing.once("socket", (socket) => {
      socket.once("connect", () => {
        isConnected = true;
        if (!isTls) connected();
      });
      socket.once("secureConnect", () => {
        isSecured = true;
        connected();
      });
    });
    outgoing.on("error", () => {
      if (!isConnected) fail("unreachable", false);
      else if (!isSecured) fail("tls_failed", false);
      else fail("cut_off", true);
    });
    // Nobody asked for another protocol; without a listener Node would leave the socket to us.
    outgoing.on("upgrade", () => fail("not_readable", true));
    outgoing.on("response", (incoming) => {
      for (const timer of timers) clearTimeout(timer);
      readBody(incoming, request.maxBytes ?? 1024 * 1024, request.method === "HEAD").then(
        (body) => finish({ kind: "answered", status: incoming.statusCode ?? 0, headers: flatten(incoming), body }),
        (error: unknown) => fail(error instanceof BodyFault ? error.because : "cut_off", true),
      );
    });
    outgoing.end(request.body);
  });
}

class BodyFault extends Error {
  constructor(readonly because: "too_large" | "not_readable" | "cut_off") {
    super(because);
  }
}

/** Counts before and after unpacking, so that a small file that unpacks to a big one stops at the same limit. */
function readBody(incoming: IncomingMessage, maxBytes: number, isHead: boolean): Promise<Buffer> {
  return new Promise((done, failed) => {
    const hasBody = !isHead && incoming.statusCode !== 204 && incoming.statusCode !== 304;
    const unpack = hasBody ? unpacker(incoming.headers["content-encoding"]) : null;
    if (unpack === undefined) return failed(new BodyFault("not_readable"));
    if (hasBody && Number(incoming.headers["content-length"] ?? 0) > maxBytes)
      return failed(new BodyFault("too_large"));

    let received = 0;
    incoming.on("data", (chunk: Buffer) => {
      received += chunk.length;
      if (received > maxBytes) stop(new BodyFault("too_large"));
    });
    incoming.once("aborted", () => stop(new BodyFault("cut_off")));
    incoming.once("error", () => stop(new BodyFault("cut_off")));
    const plain: Readable = unpack ? incoming.pipe(unpack) : incoming;
    const chunks: Buffer[] = [];
    let size = 0;
    plain.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return stop(new BodyFault("too_large"));
      chunks.push(chunk);
    });
    plain.once("error", () => stop(new BodyFault("not_readable")));
    plain.once("end", () => done(Buffer.concat(chunks)));
    // The connection is the caller's to close: closed here, it would report "cut off" before our reason is heard.
    const stop = (fault: BodyFault) => {
      chunks.length = 0;
      failed(fault);
      unpack?.destroy();
    };
  });
}

/** Null: nothing to unpack. Undefined: packed in a way we did not ask for. */
function unpacker(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return null;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    case "deflate":
      return createInflate();
    default:
      return undefined;
  }
}

function flatten(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return headers;
}

/** These belong to the connection, and to us. The rest must be sendable: no line break that would begin a header of its own. */
const ourHeaders = /^(host|content-length|transfer-encoding|connection|upgrade|te|trailer|expect|proxy-.*)$/i;
function areHeadersAllowed(headers: Record<string, string> = {}): boolean {
  return Object.entries(headers).every(
    ([name, value]) =>
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !ourHeaders.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
  );
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const resolveBySystem: Resolve = async (name) => {
  if (isIP(name) !== 0) return [name];
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
};

/** `SAFE_FETCH_ALLOW`, `host:port` separated by commas: what the operator lets through whatever its address. */
export const parseAllowList = (text: string): string[] =>
  text
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "");

export const safeFetch = createSafeFetch({
  allow: () => parseAllowList(env.SAFE_FETCH_ALLOW),
  resolve: resolveBySystem,
});
