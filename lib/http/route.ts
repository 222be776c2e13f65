import { createHash } from "node:crypto";
import type { z } from "zod";
import { AppError } from "@/lib/kernel/errors";
import { uuidv7 } from "@/lib/kernel/ids";
import { truncateIp } from "@/lib/kernel/ip";
import { camelize, toWire } from "@/lib/kernel/wire";
import { log } from "@/lib/log";
import { type Actor, AlreadyAnswered, type Context, type Idempotency } from "@/lib/services/context";
import { failure, refuseInvalid } from "./failure";
import type { Gate, Passed } from "./gates";
import { type Budget, hasToken, takeToken } from "./rate-limit";
import { bodyLimit, parseJson, readBody } from "./read-json";
import { readStream, type StreamedBody } from "./read-stream";

export type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Segment = { params: Promise<object> };
type BodyKind = z.ZodType | "stream" | undefined;
type AnswerKind = z.ZodType | "csv" | "file" | "nothing";
type Parsed<S extends BodyKind> = S extends z.ZodType
  ? z.output<S>
  : S extends "stream"
    ? AsyncIterable<Uint8Array>
    : undefined;

/** A file to be saved. It goes out as it is read, so its length may be unknown. */
export type FileAnswer = { name: string; contentType: string; chunks: AsyncIterable<string | Uint8Array> };

/** What a call made that otherwise changes what is there: it answers 201 then. */
export class Made<Thing> {
  constructor(readonly thing: Thing) {}
}

export type Spec<
  C,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends BodyKind = undefined,
  A extends AnswerKind = z.ZodType,
> = {
  /** One sentence for the reference: what the call does. */
  says: string;
  /** The permission or scope that the verb asks for; the verb checks it, the reference shows it. */
  needs?: string;
  gate: Gate<C>;
  params?: P;
  query?: Q;
  /** `stream` hands the bytes on as they come, for files: nothing is parsed, and no Idempotency-Key can be kept. */
  body?: B;
  answer: A;
  status?: number;
  /** Only where CONTRACT.md says so. */
  bodyLimit?: number;
  handle: (input: {
    ctx: C;
    params: Parsed<P>;
    query: Parsed<Q>;
    body: Parsed<B>;
    request: Request;
  }) => Promise<
    A extends z.ZodType
      ? z.output<A> | Made<z.output<A>>
      : A extends "csv"
        ? AsyncIterable<string>
        : A extends "file"
          ? FileAnswer
          : void
  >;
};
// A list of routes holds specs of every kind; only their declarations are read there.
export type AnySpec = {
  says: string;
  needs?: string;
  gate: Gate<unknown>;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType | "stream";
  answer: AnswerKind;
  status?: number;
  bodyLimit?: number;
};
export type Handler = ((request: Request, segment: Segment) => Promise<Response>) & { spec: AnySpec };

/** Gate, then parse, then act, then answer: what every handler would otherwise do in its own way. */
export function route<
  C,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends BodyKind = undefined,
  A extends AnswerKind = z.ZodType,
>(spec: Spec<C, P, Q, B, A>): Handler {
  const handler = async (request: Request, segment: Segment): Promise<Response> => {
    const began = performance.now();
    const requestId = request.headers.get("x-request-id") ?? `req_${uuidv7()}`;
    const known: { ctx?: unknown; budget?: Budget; cors?: string } = {};
    let response: Response;
    try {
      response = await act(spec, request, segment, known);
    } catch (error) {
      response = failure(error, requestId);
    }
    dress(response.headers, requestId, known.budget, known.cors);
    note(request, response, requestId, known.ctx, performance.now() - began);
    return response;
  };
  return Object.assign(handler, { spec: spec as unknown as AnySpec });
}

async function act<
  C,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends BodyKind,
  A extends AnswerKind,
>(
  spec: Spec<C, P, Q, B, A>,
  request: Request,
  segment: Segment,
  known: { ctx?: unknown; budget?: Budget; cors?: string },
): Promise<Response> {
  const passed = await passGate(spec.gate, request);
  known.ctx = passed.ctx;
  known.cors = passed.cors;
  known.budget = takeToken(passed.counted, Date.now());
  if (!known.budget.allowed) {
    throw new AppError("rate_limited", `More than ${known.budget.limit} requests in a minute. Slow down.`, {
      reason: "rate_limit",
      retryAfterSeconds: known.budget.resetSeconds,
    });
  }

  const params = parse(spec.params, await segment.params, "path") as Parsed<P>;
  const query = parse(spec.query, queryOf(request, spec.query), "query") as Parsed<Q>;
  if (spec.body === "stream") return actOnStream(spec as unknown as AnySpec, request, { ...passed, params, query });
  const schema = spec.body as z.ZodType | undefined;
  const text = schema ? await readBody(request, spec.bodyLimit ?? bodyLimit) : "";
  const given = schema ? parseJson(text) : undefined;
  const body = parse(schema, schema && withoutTenantClaim(schema, given, passed.ctx), "body") as Parsed<B>;

  const idempotency = readIdempotency(spec as unknown as AnySpec, request, passed.ctx, text);
  const ctx = idempotency ? ({ ...passed.ctx, idempotency } as C) : passed.ctx;
  try {
    const result = await spec.handle({ ctx, params, query, body, request });
    if (idempotency && !idempotency.answer)
      throw new Error("This route declares a body but its verb opened no transaction.");
    return idempotency?.answer ? told(idempotency.answer) : answer(spec as unknown as AnySpec, result);
  } catch (error) {
    if (error instanceof AlreadyAnswered && idempotency?.answer) return told(idempotency.answer);
    throw error;
  }
}

async function actOnStream(
  spec: AnySpec,
  request: Request,
  passed: { ctx: unknown; params: unknown; query: unknown },
): Promise<Response> {
  // The answer is kept by the hash of the whole request, and a file is not held until it is known.
  if (request.headers.has("idempotency-key"))
    throw badIdempotencyKey("cannot be kept for a file that is sent as it is");
  const body: StreamedBody = readStream(request, spec.bodyLimit ?? bodyLimit);
  try {
    const { handle } = spec as unknown as { handle: (input: object) => Promise<unknown> };
    return answer(spec, await handle({ ...passed, body: body.bytes, request }));
  } catch (error) {
    // A browser that is still sending reads no refusal: the rest is let run out first, for a while.
    await body.drain();
    throw error;
  }
}

/** Every wrong key costs a look-up, so whoever keeps knocking with wrong ones is counted by address, before the gate. */
async function passGate<C>(gate: Gate<C>, request: Request): Promise<Passed<C>> {
  const ip = request.headers.get("x-client-ip");
  const knocking = `refused:${(ip && truncateIp(ip)) ?? "unknown"}`;
  if (!hasToken(knocking, Date.now())) {
    throw new AppError("rate_limited", "Too many requests without a valid sign-in or key. Wait a minute.", {
      reason: "rate_limit",
      retryAfterSeconds: 60,
    });
  }
  try {
    return await gate(request);
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") takeToken(knocking, Date.now());
    throw error;
  }
}

function parse(schema: z.ZodType | undefined, value: unknown, where: "body" | "query" | "path"): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(camelize(schema, value));
  if (parsed.success) return parsed.data;
  // An id in the path that is none of ours names nothing: not found, exactly like another workspace's.
  if (where === "path") throw new AppError("not_found", "No such thing.", { reason: "bad_id" });
  throw refuseInvalid(schema, parsed.error, where);
}

/** The first value of a repeated parameter counts; `tenant_uuid` was the gate's business. */
function queryOf(request: Request, schema: z.ZodType | undefined): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URL(request.url).searchParams) {
    if (name === "tenant_uuid" || name in query) continue;
    // Like in a body: it can be sent, but not stored or searched for.
    if (value.includes("\u0000") || name.includes("\u0000")) {
      const pointer = `/${name.replaceAll("\u0000", "").slice(0, 100)}`;
      throw new AppError("invalid_input", "The query contains a NUL character.", {
        reason: "bad_query",
        faults: [{ pointer, message: "contains a NUL character" }],
      });
    }
    query[name] = value;
  }
  if (!schema && Object.keys(query).length > 0) {
    const faults = Object.keys(query)
      .slice(0, 50)
      .map((name) => ({
        pointer: `/${name.slice(0, 100)}`,
        message: "is not a known parameter",
      }));
    throw new AppError("invalid_input", `This route takes no parameter ${faults[0]?.pointer.slice(1)}.`, {
      reason: "bad_query",
      faults,
    });
  }
  return { ...query };
}

/** Earlier callers name their workspace in the body too: it must be the key's own, and then has done its duty. */
function withoutTenantClaim(schema: z.ZodType, value: unknown, ctx: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !("tenant_uuid" in value)) return value;
  const shape = (schema as unknown as { shape?: Record<string, unknown> }).shape;
  if (shape && "tenantUuid" in shape && !isContext(ctx)) return value;
  if (!isContext(ctx)) return value;
  const { tenant_uuid: claimed, ...rest } = value as Record<string, unknown>;
  if (String(claimed).toLowerCase() !== ctx.tenantId)
    throw new AppError("not_found", "No such workspace.", { reason: "other_tenant" });
  return rest;
}

/** Callers choose external ids themselves, and some choose an e-mail address: the log must know nobody. */
const loggedPath = (request: Request) => new URL(request.url).pathname.replace(/(\/by-external-id\/)[^/]+/, "$1…");

function isContext(ctx: unknown): ctx is Context {
  return typeof ctx === "object" && ctx !== null && "tenantId" in ctx && "actor" in ctx;
}

function readIdempotency(spec: AnySpec, request: Request, ctx: unknown, text: string): Idempotency | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null || request.method !== "POST") return undefined;
  const actor = actorOf(ctx);
  // A promise that is not kept must not be taken for one that is.
  if (!actor) throw badIdempotencyKey("is for programs; this is a person's own door");
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw badIdempotencyKey("must be 1 to 255 visible ASCII characters");
  const { pathname, search } = new URL(request.url);
  return {
    callerId: "id" in actor ? `${actor.kind}:${actor.id}` : actor.kind,
    route: `${request.method} ${pathname}`,
    key,
    requestHash: createHash("sha256").update(`${request.method} ${pathname}${search}\n${text}`).digest("hex"),
    render: (result) => ({ status: spec.status ?? 200, body: JSON.stringify(encode(spec, result)) }),
  };
}

/** A caller inside a workspace, or an organisation's key that is about to make one. */
function actorOf(ctx: unknown): Actor | null {
  const actor = typeof ctx === "object" && ctx !== null && "actor" in ctx ? (ctx.actor as Actor) : null;
  return actor && (isContext(ctx) || actor.kind === "platform") ? actor : null;
}

function badIdempotencyKey(message: string): AppError {
  return new AppError("invalid_input", `Idempotency-Key ${message}.`, {
    reason: "bad_idempotency_key",
    faults: [{ pointer: "", message: `Idempotency-Key ${message}` }],
  });
}

const json = { "content-type": "application/json; charset=utf-8" };

function told(stored: { status: number; body: string; replayed: boolean }): Response {
  const headers = new Headers(json);
  if (stored.replayed) headers.set("idempotency-replayed", "true");
  return new Response(stored.status === 204 ? null : stored.body, { status: stored.status, headers });
}

function encode(spec: AnySpec, result: unknown): unknown {
  return typeof spec.answer === "string" ? null : toWire(spec.answer, result instanceof Made ? result.thing : result);
}

function answer(spec: AnySpec, result: unknown): Response {
  if (spec.answer === "nothing") return new Response(null, { status: spec.status ?? 204 });
  if (spec.answer === "csv") {
    return file({ name: "export.csv", contentType: csvType, chunks: result as AsyncIterable<string> });
  }
  if (spec.answer === "file") return file(result as FileAnswer);
  const status = result instanceof Made ? 201 : (spec.status ?? 200);
  return new Response(JSON.stringify(encode(spec, result)), { status, headers: json });
}

const csvType = "text/csv; charset=utf-8";

function file({ name, contentType, chunks }: FileAnswer): Response {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  const stream = new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(typeof next.value === "string" ? encoder.encode(next.value) : next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(stream, {
    headers: { "content-type": contentType, "content-disposition": attachment(name) },
  });
}

/** A name for every browser, and the one that was meant for those that read it (RFC 6266). */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, "_");
  const exact = encodeURIComponent(name.replace(/\p{Cs}/gu, "_")).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return plain === name
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

function dress(headers: Headers, requestId: string, budget: Budget | undefined, cors: string | undefined) {
  headers.set("x-request-id", requestId);
  headers.set("cache-control", "no-store");
  headers.set("vary", "authorization, cookie, origin");
  if (budget) {
    headers.set("ratelimit-limit", String(budget.limit));
    headers.set("ratelimit-remaining", String(budget.remaining));
    headers.set("ratelimit-reset", String(budget.resetSeconds));
  }
  if (cors) {
    headers.set("access-control-allow-origin", cors);
    headers.set(
      "access-control-expose-headers",
      "x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, idempotency-replayed",
    );
  }
}

function note(request: Request, response: Response, requestId: string, ctx: unknown, ms: number) {
  const inside = isContext(ctx) ? ctx : (ctx as { workspace?: Context | null } | undefined)?.workspace;
  log().info(
    {
      request_id: requestId,
      tenant_uuid: inside?.tenantId,
      actor: inside && "id" in inside.actor ? `${inside.actor.kind}:${inside.actor.id}` : inside?.actor.kind,
      method: request.method,
      path: loggedPath(request),
      status: response.status,
      ms: Math.round(ms * 10) / 10,
    },
    "api",
  );
}
